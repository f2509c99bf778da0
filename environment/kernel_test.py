"""How the kernel behaves when a user does what users do: stops a cell, makes a mistake, runs a cell again. Called by environment/notebooks --check."""
import pathlib
import re
import sys
import tempfile
import time

from jupyter_client.manager import start_new_kernel

TRAIN = """
import anogan.dcgan.*; import anogan.networks.*; import anogan.patches.*; import anogan.phantom.*; import anogan.ui.*; import java.nio.file.Path;
Path folder = Path.of("%s");
Patches patches = Patches.prepare(PhantomScans.of(6, 1), PrepareOptions.defaults(32), folder.resolve("patches"));
TrainOptions options = new TrainOptions(%d, 8, 2e-4, 0.5, 0, 0.999, true, 1000, 1000, 1);
Trainer trainer = new Trainer(new Architecture(32, 16, 0.125), options, new RandomCrops(patches, true, 1));
"""
LOOP = 'try (Progress bar = Progress.start("train", 1_000_000, "steps")) { while (true) { trainer.train(); bar.step(); } }'
# All that a notebook does with memory: networks, a descent, a picture. Run again and again.
AGAIN = """
Trainer t = new Trainer(new Architecture(64, 64, 0.25), options, (step, n, batch) -> { });
Dcgan pair = t.dcgan();
var drawn = anogan.scoring.Explorer.draw(pair, java.util.Collections.nCopies(60, new float[64]));
anogan.visuals.Show.image(anogan.visuals.Heat.patches(drawn, 10, 1), "n = 60");
System.gc();
System.out.println("resident " + java.nio.file.Files.lines(Path.of("/proc/self/status")).filter(l -> l.startsWith("VmRSS")).findFirst().get());
"""


class Kernel:
    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="java", startup_timeout=60)

    def run(self, code, stop_after=None, limit=300):
        """The messages of a cell; stop_after: how often the bar moves before the user presses the stop button."""
        started, stopped, seen = time.time(), False, []
        request = self.client.execute(code)
        while True:
            if stop_after and not stopped and sum(m["msg_type"] == "update_display_data" for m in seen) >= stop_after:
                self.manager.interrupt_kernel()
                stopped = True
            if time.time() - started > limit:
                fail(f"this cell did not end within {limit} s: {code}")
            try:
                message = self.client.get_iopub_msg(timeout=0.5)
            except Exception:  # queue.Empty: nothing said within half a second
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return seen
            seen.append(message)


def fail(words):
    sys.exit("FAIL  kernel: " + words)


def text(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")


def errors(messages):
    return ["\n".join(m["content"]["traceback"]) for m in messages if m["msg_type"] == "error"]


def plain(colourful):
    return re.sub(r"\x1b\[[0-9;]*m", "", colourful)


def check(kernel):
    with tempfile.TemporaryDirectory() as folder:
        if errors(kernel.run(TRAIN % (folder, 1_000_000))):
            fail("the training could not be begun")

        messages = kernel.run(LOOP, stop_after=4)
        shown = [m for m in messages if m["msg_type"] == "display_data"]
        updates = [m for m in messages if m["msg_type"] == "update_display_data"]
        ids = {m["content"]["transient"]["display_id"] for m in shown + updates}
        if len(shown) != 1 or len(updates) < 3 or len(ids) != 1:
            fail(f"the bar did not move in its place: {len(shown)} shown, {len(updates)} updates, {len(ids)} places")
        message = plain("\n".join(errors(messages)))
        if "interrupted" not in message:
            fail(f"a stopped cell should say so, but said: {message}")
        steps = int(re.search(r"at (\d+)", text(kernel.run('System.out.println("at " + trainer.step());'))).group(1))
        time.sleep(1)
        if f"at {steps}\n" not in text(kernel.run('System.out.println("at " + trainer.step());')):
            fail("the stopped cell went on in the background")
        print(f"ok    a long cell is stopped at step {steps}, and the kernel lives")

        message = plain("\n".join(errors(kernel.run('Patches.open(Path.of("nowhere"));'))))
        lines = [line for line in message.split("\n") if line.strip("-\n ")]
        if len(lines) != 1 or "There is no folder nowhere" not in lines[0]:
            fail(f"a mistake should be told in one line, but was: {message}")
        if "42" not in text(kernel.run("System.out.println(6 * 7);")):
            fail("the kernel does not live on after a mistake")
        print("ok    a mistake is told in one line: " + lines[0].split(": ", 1)[1])

        resident = []
        for _ in range(24):
            messages = kernel.run(AGAIN)
            if errors(messages):
                fail(plain(errors(messages)[0]))
            resident.append(int(re.search(r"VmRSS:\s*(\d+)", text(messages)).group(1)) // 1024)
        if max(resident[-6:]) > 1.15 * max(resident[8:14]) + 50:
            fail(f"memory climbs when a cell is run again: {resident} MB")
        print(f"ok    a cell run 24 times: {resident[0]} MB at first, {resident[11]} in the middle, {resident[-1]} at the end")


def main():
    kernel = Kernel()
    try:
        check(kernel)
    finally:
        kernel.client.stop_channels()
        kernel.manager.shutdown_kernel(now=True)


main()
