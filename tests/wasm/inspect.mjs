// Prints what the module at the given path imports; where that is nothing, what it computes: lines of a name and bits.
import { readFile } from "node:fs/promises";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = WebAssembly.Module.imports(module);
for (const { module, name } of imports) {
    console.log(`import ${module}.${name}`);
}
if (imports.length === 0) {
    compute((await WebAssembly.instantiate(module)).exports);
}

function compute(exports) {
    const { memory, init, input, target, output, step, forward } = exports;
    const { parameters, count_parameters, train_all } = exports;
    const read = (address, count) => new Uint32Array(memory.buffer, address, count);
    const print = (name, bits) => bits.forEach((bits) => console.log(`${name} ${bits}`));

    const x = new Float32Array(memory.buffer, input(), 2);
    const wanted = new Float32Array(memory.buffer, target(), 1);
    init(1);
    let losses = [];
    for (let count = 0; count < 400; count++) {
        x.set([count & 1, (count >> 1) & 1]);
        wanted[0] = x[0] ^ x[1];
        losses.push(step());
    }
    print("loss", new Uint32Array(new Float32Array(losses).buffer));
    print("parameter", read(parameters(), count_parameters()));
    forward();
    print("output", read(output(), 1));
    if (train_all) {
        print("workload", read(train_all(), 11));
    }
}
