"""Self-tests of the lint: each rule must report its bad sample, and leave the good one alone."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import events
import layers
import repository
import road
from source import SourceFile

SAMPLE_LAYERS = """\
module base:
module engine: base
module portal: base engine/inbox.h   # the inbox alone
module app: *
headers beast: boost/beast* only in portal
headers impure: fstream not in engine
"""


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("src/LAYERS", SAMPLE_LAYERS)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(text.encode())


class Layers(TreeTest):
    def run_main(self) -> tuple[int, str]:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            code = layers.main(self.root)
        return code, output.getvalue()

    def assert_reported(self, path: str, text: str, expected: str) -> None:
        self.write(path, text)
        code, output = self.run_main()
        self.assertEqual(code, 1)
        self.assertIn(expected, output)

    def test_allowed_includes_pass_and_library_users_are_listed(self):
        self.write("src/base/id.h", "#pragma once\n#include <string>\n")
        self.write("src/portal/page.cc", '#include "engine/inbox.h"\n#include <boost/beast.hpp>\n')
        self.write("src/app/main.cc", '#include "engine/committer.h"\n#include "portal/page.h"\n#include <fstream>\n')
        code, output = self.run_main()
        self.assertEqual(code, 0, output)
        self.assertIn("beast: src/portal/page.cc:2\n", output)

    def test_an_upper_module_is_refused(self):
        self.assert_reported(
            "src/base/id.cc", '#include <a>\n#include "engine/inbox.h"\n', "src/base/id.cc:2: base may not"
        )

    def test_angle_brackets_hide_nothing(self):
        self.assert_reported("src/base/id.cc", "# include <engine/inbox.h>\n", "src/base/id.cc:1: base may not")

    def test_a_single_header_opens_no_other(self):
        self.assert_reported(
            "src/portal/a.cc", '#include "engine/committer.h"\n', "portal may not include engine/committer.h"
        )

    def test_a_library_outside_its_place_is_refused(self):
        self.assert_reported(
            "src/app/a.cc", "#include <boost/beast/http.hpp>\n", "src/app/a.cc:1: <boost/beast/http.hpp> (beast)"
        )

    def test_an_impure_header_is_refused(self):
        self.assert_reported("src/engine/a.cc", "#include <fstream>\n", "src/engine/a.cc:1: <fstream> (impure)")

    def test_a_path_that_is_not_from_src_is_refused(self):
        self.assert_reported("src/base/a.cc", '#include "id.h"\n', 'src/base/a.cc:1: "id.h" names no module')

    def test_a_folder_without_a_line_is_refused(self):
        self.assert_reported("src/novel/a.cc", "\n", "'novel' has no line")

    def test_comments_and_tests_include_what_they_like(self):
        self.write("src/base/a.cc", '// #include "engine/inbox.h"\n/*\n#include "engine/inbox.h"\n*/\n')
        self.write("tests/unit/a.cc", '#include "engine/committer.h"\n#include <boost/beast.hpp>\n')
        self.assertEqual(self.run_main()[0], 0)

    def test_bad_layers_are_refused(self):
        for text in (
            "module a: b\nmodule b:\n",  # a cycle would need a line that names what stands below it
            "module a:\nmodule a:\n",
            "modul a:\n",
            "module a:\nheaders x: y in a\n",
            "module a:\nheaders x: only in a\n",
            "module a:\nheaders x: y only in b\n",
        ):
            with self.subTest(text), self.assertRaises(layers.BadLayers):
                layers.parse(text)


# Per rule: (path, bad text, line that must be reported); then (path, text that must pass).
BAD = {
    "no_floating_point": [
        ("src/base/a.cc", "// double\nint a; double b;\n", 2),
        ("projections/a.cc", "auto half = 0.5;\n", 1),
        ("projections/a.cc", "auto million = 1e6;\n", 1),
    ],
    "no_open_ends": [("README.md", "# T\n\nTO" + "DO: write\n", 3), ("tools/run", "#!/bin/bash\n# FIX" + "ME\n", 2)],
    "no_stray_whitespace": [
        ("src/base/a.cc", "int a; \n", 1),
        ("src/base/a.cc", "int a;\n\tint b;\n", 2),
        ("README.md", "one\r\n", 1),
        ("README.md", "one", 1),
        ("README.md", "one\n\n", 3),
    ],
    "short_file": [("src/base/a.cc", "int a;\n" * 601, 601)],
    "ascii_code": [("src/base/a.cc", '// "x"\nint caf\u00e9;\n', 2)],
    "pragma_once": [("src/base/a.h", "#include <a>\n#pragma once\n", 1)],
    "no_default_case": [
        ("src/domain/sheet/evolve.cc", "switch (a) {\n  default : break;\n}\n", 2),
        ("projections/a.cc", "default: break;\n", 1),
    ],
    "no_forbidden_function": [
        ("src/base/a.cc", "int a() { return rand(); }\n", 1),
        ("src/base/a.cc", "auto t = std::time(nullptr);\n", 1),
        ("tests/unit/a.cc", "void f() {\n  srand(1);\n}\n", 2),
        ("tools/a.cc", 'int a = system("ls");\n', 1),
        ("src/engine/a.cc", "gettimeofday(&t, 0);\n", 1),
        ("src/engine/a.cc", "std::random_device seed;\n", 1),
    ],
    "no_sleep_in_tests": [
        ("tests/unit/a.cc", "std::this_thread::sleep_for(1s);\n", 1),
        ("tests/a.h", "#pragma once\nusleep(3);\n", 2),
    ],
    "no_machine_path": [
        ("tools/run", "#!/bin/bash\ncd /wo" + "rk/main\n", 2),
        ("src/app/a.cc", 'auto folder = "/tm' + 'p/placet";\n', 1),
    ],
}
GOOD = [
    (
        "src/domain/a.h",
        "// Grammar: double, 0.5, \u2014 default:\n#pragma once\n"
        "struct A {\n  A() = default;\n  Time time() const;\n  int system(int);\n  const S& system() const;\n"
        "  int n = 1'000 + 0x1e5;\n};\nauto a = Actor::system(b.system(), c->system());\n",
    ),
    (
        "src/base/a.cc",
        'auto text = "double 1.5 caf\u00e9 // default: rand()";\nchar quote = \'"\';\nauto raw = R"x(double")x";\n',
    ),
    ("src/crypto/random.cc", "std::random_device device;\n"),
    ("src/app/a.cc", "switch (a) {\n  default: break;\n}\n"),
    ("bench/a.cc", "double seconds = 1.5;\n"),
    ("tests/golden/a.md", "\t \n"),
    ("build/dev/a.cc", "\t \n"),
]


class Repository(TreeTest):
    def test_each_rule_reports_its_bad_sample(self):
        self.assertEqual(set(BAD), {rule.__name__ for rule in repository.RULES})
        for rule, samples in BAD.items():
            for path, text, line in samples:
                with self.subTest(rule=rule, text=text):
                    self.write(path, text)
                    found = repository.findings(self.root, {})
                    self.assertEqual(len(found), 1, found)
                    self.assertTrue(found[0].startswith(f"{path}:{line}: ") and found[0].endswith(f"[{rule}]"), found)
                    (self.root / path).unlink()

    def test_good_samples_pass(self):
        for path, text in GOOD:
            self.write(path, text)
        self.write("src/LAYERS", "module base:\n")
        self.assertEqual(repository.findings(self.root, {}), [])

    def test_an_exception_silences_one_rule_in_one_file_and_must_be_needed(self):
        self.write("src/LAYERS", "module base:\n")
        self.write("bench/a.cc", "int a; \n")
        self.assertEqual(repository.findings(self.root, {("no_stray_whitespace", "bench/a.cc"): "a sample"}), [])
        self.assertEqual(len(repository.findings(self.root, {("short_file", "bench/a.cc"): "a sample"})), 2)


SAMPLE_TYPES = """\
const toWorker :UInt16 = 0x0172;
struct Period {
  kind @0 :UInt16;
  until @1 :Int32 = -1 $is("Date") $optional;
}
"""
SAMPLE_EVENTS = """\
struct Event {
  union {
    unspecified @0 :Void;
    sheetOpened @1 :SheetOpened;
    actAgreed @2 :ActAgreed;
  }
}
struct SheetOpened $T.stream(timesheet) $T.audience(.T.toWorker) {
  period @0 :T.Period;                # not a field @1 :Text;
  days @1 :List(Int32) $T.is("Date");
  reason @2 :Data $T.is("Box") $T.optional;
}
struct ActAgreed $T.audience(.T.toWorker) {
}
"""
SAMPLE_CATALOGUE = """\
| number | name | stream | audience | fields | meaning | effectiveOn | since |
|---:|---|---|---|---|---|---|---|
| 1 | `sheetOpened` | timesheet | staff, worker | `period` (Period), `days` (list of local day), `reason`? (sealed) | a | b | c |
| 2 | `actAgreed` | any | staff, worker | - | a | b | c |

| struct | fields |
|---|---|
| `Period` | `kind`, `until`? |
"""


class Events(TreeTest):
    def setUp(self):
        super().setUp()
        self.write("schema/types.capnp", SAMPLE_TYPES)
        self.write("schema/events.capnp", SAMPLE_EVENTS)

    def findings(self, catalogue: str) -> list[str]:
        self.write("schema/EVENTS.md", catalogue)
        return events.findings(self.root)

    def test_a_catalogue_that_says_what_the_schema_says_passes(self):
        self.assertEqual(self.findings(SAMPLE_CATALOGUE), [])

    def test_each_difference_is_reported(self):
        line = SAMPLE_CATALOGUE.splitlines(keepends=True)[3]
        for old, new, expected in [
            ("| 1 |", "| 3 |", "sheetOpened: number"),
            (line, "", "actAgreed: is missing"),
            (line, line + line, "actAgreed: stands there twice"),
            ("`actAgreed`", "`actRefused`", "actRefused: no such event"),
            ("| timesheet |", "| any |", "sheetOpened: stream"),
            ("| any | staff, worker |", "| any | staff |", "actAgreed: audience"),
            ("list of local day", "list of Int32", "sheetOpened: fields"),
            ("`reason`?", "`reason`", "sheetOpened: fields"),
            ("| b | c |\n|", "|  | c |\n|", "sheetOpened: effectiveOn is missing"),
            ("`kind`, ", "", "Period: kind is missing"),
            ("`until`?", "`until`", "Period: until is optional"),
            ("| `Period` |", "| `Span` |", "Span: no event holds it"),
        ]:
            with self.subTest(expected):
                found = self.findings(SAMPLE_CATALOGUE.replace(old, new, 1))
                self.assertTrue(any(expected in one for one in found), found)


class Road(TreeTest):
    def road(self, *rows: str) -> list[str]:
        self.write("src/a.cc", "void take() { decide(1); }\n")
        self.write("src/README.md", "## Life of a command\n" + "\n".join(rows) + "\n## Threads\n")
        return road.faults(self.root)

    def test_a_road_whose_files_call_the_next_passes(self):
        self.assertEqual(self.road("| 1 | `src/a.cc` | Takes. | `domain::decide` |"), [])

    def test_missing_files_calls_and_rows_are_reported(self):
        self.assertEqual(self.road("| 1 | `src/a.cc` | Takes. | `evolve` |"), ["src/a.cc: does not call evolve"])
        self.assertEqual(self.road("| 1 | `src/b.cc` | Takes. | returns |"), ["src/b.cc: not there"])
        self.assertEqual(self.road(), ["the road has 0 files, not 1 to 12"])


class Source(TreeTest):
    def test_blanked_text_keeps_its_lines(self):
        self.write("a.cc", '/* one\ntwo */ int a; // "three\nauto s = "/* no comment */";\nauto r = R"(\n)"; int b;\n')
        file = SourceFile(self.root, "a.cc")
        self.assertEqual(file.code.count("\n"), file.text.count("\n"))
        self.assertEqual(file.code.split(), ["int", "a;", "auto", "s", "=", ";", "auto", "r", "=", ";", "int", "b;"])


if __name__ == "__main__":
    unittest.main()
