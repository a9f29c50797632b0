#pragma once

#include <thread>

namespace placet {

/// What `top -H` and a debugger call the calling thread: at most 15 characters, as in the table of src/README.md.
void name_this_thread(const char* name);

/// For threads that a caller waits for: the calling thread runs before others (nice -10), where the process may do that
/// (root, or CAP_SYS_NICE). The scheduler owes even an idle thread a turn of 4 ms now and then; beside such a thread it
/// owes it one nine times less often.
void hurry_this_thread();

/// The number by which the system knows the calling thread.
int this_thread();

/// For threads that nobody waits for: it runs where a processor has nothing else to do (SCHED_IDLE), and otherwise gets
/// a three-hundredth of what others get. A thread that wakes up finds that processor as if it were free, which a low
/// nice value does not do.
void run_when_idle(int thread);
/// Whether the calling thread does.
bool runs_when_idle();
/// Such a thread calls this often. While somebody waits, those of a process take turns (base/turns.h), on one processor
/// fewer than there are: the scheduler owes even an idle thread a turn of 4 ms now and then, which it has had with its
/// pause, and takes somebody who waits over from another processor only when this one has nothing at all to run.
/// For a second after that each makes its own pauses. Threads that do not run when idle are left alone.
void let_go();
/// Said by a thread that a caller waits for, at each piece of its work: holds for 0.1 s.
void somebody_waits();
/// Takes run_when_idle back, where the process may do that (root, or CAP_SYS_NICE).
void run_as_others(int thread);
/// The same, by whoever is about to join it.
void hurry_to_end(std::jthread& thread);

}  // namespace placet
