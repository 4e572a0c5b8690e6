// Trains exclusive or in WebAssembly: node run.mjs, after cargo build --release.
import { readFile } from "node:fs/promises";

const path = process.argv[2] ?? "target/wasm32-unknown-unknown/release/trainer.wasm";
const { instance } = await WebAssembly.instantiate(await readFile(path));
const { memory, init, input, target, output, step, forward } = instance.exports;

// The buffers stay where they are: memory never grows.
const x = new Float32Array(memory.buffer, input(), 2);
const wanted = new Float32Array(memory.buffer, target(), 1);
const y = new Float32Array(memory.buffer, output(), 1);

const samples = [[0, 0], [0, 1], [1, 0], [1, 1]];

init(1);
for (let round = 1; round <= 2000; round++) {
    let loss = 0;
    for (const sample of samples) {
        x.set(sample);
        wanted[0] = sample[0] ^ sample[1];
        loss += step() / samples.length;
    }
    if (round % 500 === 0) {
        console.log(`round ${round}: loss ${loss.toFixed(6)}`);
    }
}
for (const sample of samples) {
    x.set(sample);
    forward();
    console.log(`${sample[0]} xor ${sample[1]} = ${y[0].toFixed(3)}`);
}
