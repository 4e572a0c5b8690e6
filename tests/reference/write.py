"""Writes vectors as text, and the Rust declarations that go with them."""

from networks import find_frozen, parse_inputs, parse_outputs

HEADER = "//! Made by vectors.py from its entries: do not edit.\n"


def write_lines(path, declaration, given, computed):
    """A line for each tensor, behind the declaration that they belong to."""
    lines = [f"declaration: {declaration}"]
    lines += [f"{name}: {' '.join(map(repr, flatten(values)))}" for name, values in given.items()]
    lines += [f"{name}: {' '.join(map(shorten, flatten(values)))}" for name, values in computed.items()]
    path.write_text("\n".join(lines) + "\n")


def write_extremes(path, declaration, lines):
    """The same; by type and name, each number with the digits of its type."""
    digits = {"f32": 9, "f64": 17}
    text = [f"declaration: {declaration}"]
    for name, values in lines.items():
        numbers = [repr(float(f"{value:.{digits[name[:3]]}g}")) for value in flatten(values)]
        text.append(f"{name}: {' '.join(numbers)}")
    path.write_text("\n".join(text) + "\n")


def shorten(value):
    """12 digits: more than are compared, and fewer than another processor's order of sums changes."""
    return repr(float(f"{value:.12g}"))


def flatten(values):
    """All numbers of nested lists."""
    if not isinstance(values, list):
        return [values]
    return [number for value in values for number in flatten(value)]


def write_rust(entries, extremes):
    """The text of networks.rs."""
    networks = "".join(write_network(entry) for entry in entries)
    functions = "".join(write_extreme(extreme) for extreme in extremes)
    return (
        f"{HEADER}\n"
        "use super::declare::check_network;\n\n"
        f"pub const NETWORKS: &[&str] = &{write_names(entries)};\n"
        f"{networks}\n"
        "pub mod extremes {\n"
        "    use crate::declare::{check_function, check_loss};\n\n"
        f"    pub const EXTREMES: &[&str] = &{write_names(extremes)};\n"
        f"{functions}}}\n"
    )


def write_names(entries):
    return "[" + ", ".join(f'"{entry.name}"' for entry in entries) + "]"


def write_network(entry):
    """One call of `check_network!`."""
    check = "outputs" if not entry.loss else "every_optimiser" if entry.every_optimiser else "training"
    check = "tiles" if entry.tile else "truncated" if entry.truncated else check
    structs = []
    for name, parts in [
        ("ModelInput", list(parse_inputs(entry.declaration))),
        ("ModelOutput", parse_outputs(entry.declaration)),
        ("ModelTarget", entry.target.fields if entry.target else []),
    ]:
        if len(parts) > 1:
            structs.append(f"{name} {{ {', '.join(parts)} }}")
    statements = entry.declaration.replace("; ", ";\n        ")
    return f"""
check_network! {{
    {entry.name}: {check};
    structs: {" ".join(structs)};
    frozen: {" ".join(find_frozen(entry))};
    {{
        {statements}
    }}
}}
"""


def write_extreme(extreme):
    """One call of `check_function!` or `check_loss!`."""
    macro = "check_loss" if extreme.target else "check_function"
    row = extreme.rows[0][0] if extreme.target else extreme.rows[0]
    return f"\n    {macro}! {{ {extreme.name}: {len(row)} {{ {extreme.declaration} }} }}\n"
