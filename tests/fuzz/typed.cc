#include "portal/pages/typed.h"

#include "tests/fuzz/fuzz_target.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto time = portal::pages::clock_time(input);
  PLACET_CHECK(!time || (*time >= 0 && *time < 24 * 60), "a time that no clock shows");
  const auto hours = portal::pages::duration(input);
  PLACET_CHECK(!hours || (hours->count() >= 0 && hours->count() <= 24 * 60), "more hours than a day has");
  portal::pages::TypedLine line;
  line.day = Date{20'000};
  line.start = line.end = input.substr(0, input.size() / 2);
  line.hours = input.substr(input.size() / 2);
  const auto worked = portal::pages::worked(line);
  PLACET_CHECK(!worked || worked->day == line.day, "a line on another day");
}
