"""Runs the notebooks under the kernel "java", as environment/notebooks has built it.

    --execute [NAME …]   in place: the outputs that are committed
    --check [NAME …]     small and elsewhere, solutions of the exercises included; any error output fails

Notebooks read their settings from environment variables (ANOGAN_…); SMALL holds those of --check.
"""
import base64
import os
import pathlib
import re
import sys
import tempfile
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HOME = pathlib.Path(__file__).resolve().parent.parent
NOTEBOOKS = HOME / "notebooks"
SMALL = {"ANOGAN_EYES": "6", "ANOGAN_TRAIN_STEPS": "30", "ANOGAN_MAP_STEPS": "6", "ANOGAN_WIDTH": "0.125", "ANOGAN_BATCH": "8", "ANOGAN_SCAN_EYES": "6", "ANOGAN_GAME_STEPS": "20", "ANOGAN_BROKEN_STEPS": "10", "ANOGAN_MEMORY_STEPS": "8",
         "ANOGAN_DESCENT": "12", "ANOGAN_ENCODER_STEPS": "10", "ANOGAN_ACAE_STEPS": "10", "ANOGAN_BOOTSTRAP": "100", "ANOGAN_MARKER_RESAMPLES": "3"}
COVER = {"00-tour": -1, "01-oct-scans": 2, "02-dcgan": 1, "03-mapping": 1, "04-scores": 1, "05-statistics": 0, "06-paper": -1, "07-your-scans": 2, "08-markers": 0}   # the picture that README shows
SOLUTION = re.compile(r"```java\n(.*?)```", re.S)


def solutions(cell):
    """The Java code that a Markdown cell hides in <details>: it runs in --check, right after the cell."""
    if cell.cell_type != "markdown" or "<details>" not in cell.source:
        return []
    hidden = cell.source[cell.source.index("<details>"):]
    return [nbformat.v4.new_code_cell(code) for code in SOLUTION.findall(hidden)]


def execute(path, small):
    notebook = nbformat.read(path, as_version=4)
    if small:
        notebook.cells = [c for cell in notebook.cells for c in [cell, *solutions(cell)]]
    begun = time.time()
    try:
        NotebookClient(notebook, timeout=3600, kernel_name="java", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    except CellExecutionError as error:
        sys.exit(f"FAIL  {path.name}\n{error}")
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    if any(o.output_type == "error" for o in outputs):
        sys.exit(f"FAIL  {path.name}: a cell ended in an error")
    if any(o.output_type == "stream" and o.name == "stderr" for o in outputs):
        sys.exit(f"FAIL  {path.name}: a cell wrote to stderr:\n" + "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"))
    pictures = sum(bool({"image/png", "image/jpeg"} & set(o.get("data", {}))) for o in outputs)
    if pictures == 0:
        sys.exit(f"FAIL  {path.name}: it showed no picture")
    print(f"ok    {path.name}  {time.time() - begun:.0f} s, {pictures} pictures", flush=True)
    return notebook


PNG_END = bytes.fromhex("0000000049454e44ae426082")
JPEG_END = bytes.fromhex("ffd9")


def whole(picture, end):
    """A picture whose last bytes are there: IJava does not close its Base64 stream, and so loses up to two of them."""
    data = base64.b64decode(picture + "=" * (-len(picture) % 4))
    missing = next(n for n in range(len(end) + 1) if data.endswith(end[:len(end) - n]))
    return base64.b64encode(data + end[len(end) - missing:]).decode()


def joined(outputs):
    """What was printed in one go as one output, as it is seen in a browser."""
    result = []
    for output in outputs:
        if result and output.output_type == "stream" == result[-1].output_type and output.name == result[-1].name:
            result[-1].text += output.text
        else:
            result.append(output)
    return result


def tidy(notebook):
    """Without what changes from run to run or says the same twice."""
    notebook.metadata = {"kernelspec": {"display_name": "Java", "language": "java", "name": "java"},
                         "language_info": {"codemirror_mode": "java", "file_extension": ".jshell", "mimetype": "text/x-java-source", "name": "Java"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for kind, end in (("image/png", PNG_END), ("image/jpeg", JPEG_END)):
                if kind in data:
                    data[kind] = whole(data[kind].replace("\n", ""), end)
            if len(data) > 1:   # a picture or HTML: the kernel says in plain text no more than its type, or the same again
                data.pop("text/plain", None)
    return notebook


def cover(name, notebook):
    """One picture of the notebook as a file of its own."""
    pictures = [(kind[6:], data[kind]) for c in notebook.cells for o in c.get("outputs", []) for data in [o.get("data", {})]
                for kind in ("image/png", "image/jpeg") if kind in data]
    kind, data = pictures[COVER.get(name, -1)]
    (NOTEBOOKS / "pictures").mkdir(exist_ok=True)
    for old in (NOTEBOOKS / "pictures").glob(name + ".*"):
        old.unlink()
    (NOTEBOOKS / "pictures" / f"{name}.{kind}").write_bytes(base64.b64decode(data))


def main():
    mode, *names = sys.argv[1:]
    paths = [NOTEBOOKS / (name if name.endswith(".ipynb") else name + ".ipynb") for name in names] or sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    for path in paths:
        if not path.is_file():
            sys.exit(f"There is no notebook {path}.")
    if mode == "--execute":
        for path in paths:
            notebook = tidy(execute(path, small=False))
            part = path.with_suffix(".part")
            nbformat.write(notebook, part)
            part.replace(path)
            cover(path.stem, notebook)
        return
    for name, value in SMALL.items():
        os.environ.setdefault(name, value)
    with tempfile.TemporaryDirectory() as data:
        os.environ["ANOGAN_DATA"] = data
        for path in paths:
            execute(path, small=True)


main()
