#pragma once

namespace placet {

/// What `top -H` and a debugger call the calling thread: at most 15 characters, as in the table of src/README.md.
void name_this_thread(const char* name);

/// For threads that nobody waits for: where processors are short, the calling thread gets about a seventieth of what
/// others get (nice 19, which Linux counts per thread). For good: without privileges there is no way back.
void lower_this_threads_priority();

}  // namespace placet
