#pragma once

namespace placet {

/// For threads that nobody waits for: where processors are short, the calling thread gets about a tenth of what others
/// get (nice 10, which Linux counts per thread). For good: without privileges there is no way back.
void lower_this_threads_priority();

}  // namespace placet
