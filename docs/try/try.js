// Loads Python and the wheels that lie beside this page, and asks answering.py what each form asks. Nothing is fetched
// from anywhere else.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const state = document.getElementById("state");
const folder = new URL(".", import.meta.url);

async function start() {
  const python = await loadPyodide({ indexURL: new URL("pyodide/", folder).href });
  const { wheels } = await (await fetch(new URL("wheels.json", folder))).json();
  const site = python.runPython("import site; site.getsitepackages()[0]");
  await Promise.all(
    wheels.map(async (name) => {
      const wheel = await (await fetch(new URL(`wheels/${name}`, folder))).arrayBuffer();
      python.unpackArchive(wheel, "wheel", { extractDir: site });
    }),
  );
  python.FS.writeFile("answering.py", await (await fetch(new URL("answering.py", folder))).text());
  const answer = python.runPython("import sys; sys.path.insert(0, '.'); from answering import answer; answer");
  const version = python.runPython("import goalmodel, platform; f'goalmodel {goalmodel.__version__} on Python {platform.python_version()}'");
  return { answer: (name, given) => answer(name, python.toPy(given)), version };
}

function say(form, html) {
  form.querySelector(".answer").innerHTML = html;
}

try {
  const { answer, version } = await start();
  for (const form of document.querySelectorAll("form")) {
    const button = form.querySelector("button");
    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      try {
        say(form, answer(form.dataset.asks, Object.fromEntries(new FormData(form))));
      } catch (wrong) {
        console.error(wrong);
        say(form, '<p class="refused" role="alert">That could not be worked out; something shorter may do.</p>');
      }
    });
  }
  state.textContent = `Ready: ${version}.`;
} catch (wrong) {
  console.error(wrong);
  state.textContent = "Python could not be loaded here. Serve this folder (python -m http.server) and open it again.";
}
