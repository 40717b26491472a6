// Runs tests on the CPython that Pyodide carries: `node tests/pyodide/run.mjs PYODIDE WHEELS PROJECT [pytest arguments]`.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, wheels, project, ...args] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(resolve(pyodide), "pyodide.mjs")));
const python = await loadPyodide({ env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" } });
const site = python.runPython("import site; site.getsitepackages()[0]");
for (const name of readdirSync(wheels).filter((each) => each.endsWith(".whl"))) {
  python.unpackArchive(new Uint8Array(readFileSync(join(wheels, name))), "wheel", { extractDir: site });
}
python.FS.mkdirTree("/project");
python.FS.mount(python.FS.filesystems.NODEFS, { root: resolve(project) }, "/project");
python.globals.set("args", python.toPy(args));
process.exit(python.runPython("import os, sys; os.chdir('/project'); import pytest; print(sys.version); int(pytest.main(list(args)))"));
