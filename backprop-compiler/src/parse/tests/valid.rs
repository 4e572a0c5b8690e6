use super::{items, parse_text, show_size, show_value, size_of, value_of};
use crate::ast::{Argument, ArgumentValue, Item, LayerCall, LossTerm, SizeKind, Value};

pub(super) const FULL: &str = r"
    /// docs and attributes pass through to the generated struct
    #[cfg(test)]
    #[rustfmt::skip]
    pub(crate) struct Name {
        const FILTERS = 16;
        dtype f32;
        tile = 32;
        code = small;

        input audio: [1, 49, 10];
        let a = audio -> conv2d(FILTERS, kernel = [8, 4], stride = 2) -> relu;
        let b = a -> conv2d(FILTERS, kernel = 3, padding = same) as mix -> relu;
        output word  = (a + b) -> global_avg_pool2d -> dense(12);
        output probability = word -> softmax;
        output level = b -> flatten -> dense(1);
        output b;

        loss cross_entropy(word, smoothing = 0.1) + 0.1 * mse(level) + 2 * custom(my::Loss)(level);
        budget { parameters = 32 KiB, inference = 4 * FILTERS B, step = 1 MiB, batch = 12 }
    }
";

fn layers(item: &Item) -> &[LayerCall] {
    match item {
        Item::Let { value: Value::Chain { layers, .. }, .. }
        | Item::Output { value: Some(Value::Chain { layers, .. }), .. } => layers,
        other => panic!("no chain: {other:?}"),
    }
}

#[test]
fn a_full_declaration_is_read_as_it_stands() {
    let (declaration, messages) = parse_text(FULL);
    assert_eq!(messages, Vec::<String>::new());
    let declaration = declaration.expect("a declaration");
    assert_eq!(declaration.facade.to_string(), ":: backprop");
    assert_eq!(declaration.name, "Name");
    assert_eq!(declaration.visibility.to_string(), "pub (crate)");
    let attributes: Vec<String> = declaration.attributes.iter().map(ToString::to_string).collect();
    assert_eq!(attributes.len(), 3);
    assert_eq!(attributes[1..], ["# [cfg (test)]", "# [rustfmt :: skip]"]);

    let items = &declaration.items;
    assert_eq!(items.len(), 12 + 1);
    assert!(matches!(&items[0], Item::Const { name, value }
        if name == "FILTERS" && show_size(value) == "16"));
    assert!(matches!(&items[1], Item::Dtype { name, .. } if name == "f32"));
    assert!(matches!(&items[2], Item::Tile { size, .. } if show_size(size) == "32"));
    assert!(matches!(&items[3], Item::Code { word, .. } if word == "small"));
    let Item::Input { name, shape, .. } = &items[4] else { panic!("no input: {:?}", items[4]) };
    let shape: Vec<String> = shape.iter().map(show_size).collect();
    assert_eq!((name.to_string().as_str(), shape.join(",").as_str()), ("audio", "1,49,10"));

    let [first, relu] = layers(&items[5]) else { panic!("two layers in {:?}", items[5]) };
    assert!(first.parenthesised && !relu.parenthesised && relu.arguments.is_empty());
    let [filters, kernel, stride] = &first.arguments[..] else { panic!("three arguments") };
    assert!(matches!(filters, Argument { name: None, value: ArgumentValue::Word(word), .. }
        if word == "FILTERS"));
    assert!(
        matches!(kernel, Argument { name: Some(name), value: ArgumentValue::List { values, .. }, .. }
        if name == "kernel" && values.len() == 2)
    );
    assert!(matches!(stride, Argument { value: ArgumentValue::Size(size), .. }
        if show_size(size) == "2"));

    assert_eq!(layers(&items[6])[0].label.as_ref().expect("a label"), "mix");
    let Item::Output { value: Some(value), .. } = &items[7] else { panic!("no output") };
    assert_eq!(show_value(value), "((a + b) -> global_avg_pool2d -> dense)");
    assert!(matches!(&items[10], Item::Output { name, value: None, .. } if name == "b"));
}

#[test]
fn losses_and_budgets_are_read_as_they_stand() {
    let (declaration, _) = parse_text(FULL);
    let items = declaration.expect("a declaration").items;
    let Item::Loss { terms, .. } = &items[11] else { panic!("no loss: {:?}", items[11]) };
    let facts = |term: &LossTerm| {
        (term.name.to_string(), term.weight, term.outputs[0].to_string(), term.arguments.len())
    };
    assert_eq!(facts(&terms[0]), ("cross_entropy".into(), 1.0, "word".into(), 1));
    assert_eq!(facts(&terms[1]), ("mse".into(), 0.1, "level".into(), 0));
    assert_eq!(facts(&terms[2]), ("custom".into(), 2.0, "level".into(), 1));
    assert!(terms[0].weight_place.is_none() && terms[1].weight_place.is_some());
    assert!(matches!(&terms[2].arguments[0].value, ArgumentValue::Path(path)
        if path.to_string() == "my :: Loss"));

    let Item::Budget { limits, .. } = &items[12] else { panic!("no budget: {:?}", items[12]) };
    let limits: Vec<(String, String, u64)> = limits
        .iter()
        .map(|limit| (limit.name.to_string(), show_size(&limit.size), limit.unit))
        .collect();
    let expected = [
        ("parameters", "32", 1024),
        ("inference", "(4 * FILTERS)", 1),
        ("step", "1", 1 << 20),
        ("batch", "12", 1),
    ];
    assert_eq!(limits, expected.map(|(name, size, unit)| (name.into(), size.into(), unit)));
}

#[test]
fn operators_have_the_usual_precedence() {
    assert_eq!(value_of("let v = a + b * c + d;"), "(a + (b * c) + d)");
    assert_eq!(value_of("let v = (a + b) * c;"), "((a + b) * c)");
    assert_eq!(value_of("let v = ((a));"), "a");
    assert_eq!(value_of("let v = (a -> relu) + b;"), "((a -> relu) + b)");
    assert_eq!(value_of("let v = (a + b) -> relu -> tanh;"), "((a + b) -> relu -> tanh)");
    assert_eq!(
        value_of("let v = concat(x -> tanh, b + c, axis = 0) -> relu;"),
        "(concat((x -> tanh), (b + c))1 -> relu)"
    );
    assert_eq!(size_of("const N = 2 + A * 3 - 4 / 2;"), "((2 + (A * 3)) - (4 / 2))");
    assert_eq!(size_of("const N = -(A + 1) * 3;"), "(-(A + 1) * 3)");
    assert_eq!(size_of("const N = 9 - 3 - 2;"), "((9 - 3) - 2)");
}

#[test]
fn whole_numbers_may_be_written_in_every_rust_way() {
    assert_eq!(size_of("const N = 0x10;"), "16");
    assert_eq!(size_of("const N = 0b11;"), "3");
    assert_eq!(size_of("const N = 1_000usize;"), "1000");
    assert_eq!(size_of("const N = 18446744073709551615;"), u64::MAX.to_string());
}

fn first_argument(call: &str) -> ArgumentValue {
    let mut items = items(&format!("let v = x -> {call};"));
    let Some(Item::Let { value: Value::Chain { mut layers, .. }, .. }) = items.pop() else {
        panic!("no chain");
    };
    layers.remove(0).arguments.remove(0).value
}

#[test]
fn arguments_are_told_apart_by_their_form() {
    use ArgumentValue::{Call, List, Number, Path, Size, Word};
    assert!(matches!(first_argument("l(N)"), Word(word) if word == "N"));
    assert!(matches!(first_argument("l(true)"), Word(word) if word == "true"));
    assert!(
        matches!(first_argument("l((N))"), Size(size) if matches!(size.kind, SizeKind::Name(_)))
    );
    assert!(matches!(first_argument("l(N * 2)"), Size(size) if show_size(&size) == "(N * 2)"));
    assert!(matches!(first_argument("l(-1)"), Size(size) if show_size(&size) == "-1"));
    assert!(matches!(first_argument("l(k = -1.5)"), Number { value, .. } if value == -1.5));
    assert!(matches!(first_argument("l(k=-1e-3)"), Number { value, .. } if value == -0.001));
    assert!(matches!(first_argument("l([[1, 2], N,])"), List { values, .. } if values.len() == 2));
    let Call { name, arguments, .. } = first_argument("l(k = normal(-0.5, std = N))") else {
        panic!("no call");
    };
    assert!(name == "normal" && arguments[1].name.as_ref().is_some_and(|name| name == "std"));
    assert!(matches!(&arguments[0].value, Number { value, .. } if *value == -0.5));
    assert!(
        matches!(first_argument("l(k = zeros())"), Call { arguments, .. } if arguments.is_empty())
    );
    let path = |call: &str| match first_argument(call) {
        Path(path) => path.to_string(),
        other => panic!("no path: {other:?}"),
    };
    assert_eq!(path("custom(my::Type)"), "my :: Type");
    assert_eq!(
        path("custom(::my::Type<3, fn(u8) -> u8>, k = 1)"),
        ":: my :: Type < 3 , fn (u8) -> u8 >"
    );
}

#[test]
fn keywords_are_names_elsewhere() {
    assert_eq!(
        value_of("let input = output -> loss; input tile: [3]; output tile;"),
        "(output -> loss)"
    );
    assert_eq!(value_of("let v = input -> relu as budget;"), "(input -> relu)");
}
