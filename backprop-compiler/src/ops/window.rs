//! Windows that move over planes: their arguments, and the shapes that follow. Convolutions and pools share this.

use super::Misfit;
use super::geometry::Geometry;
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

/// What stands around the planes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Padding {
    /// As much as keeps a plane's size, divided by the stride; the same on both sides.
    Same,
    /// Before the first element, as much as a window reaches back.
    Causal,
    /// So much on both sides of each axis.
    Sizes(Vec<usize>),
}

/// The words for it.
pub const PADDINGS: &[&str] = &["valid", "same", "causal"];

/// A window along one axis or two.
#[derive(Clone, Debug)]
pub struct Window {
    pub kernel: Vec<usize>,
    pub stride: Vec<usize>,
    pub padding: Padding,
    pub dilation: Vec<usize>,
}

impl Window {
    /// The arguments of a window with so many axes: `kernel`, `stride`, `padding` by one of these words or by
    /// numbers, `dilation`.
    pub fn take(arguments: &mut Arguments<'_>, rank: usize, paddings: &[&str]) -> Option<Self> {
        let kernel = arguments.take_axes("kernel", rank, None);
        let stride = arguments.take_axes("stride", rank, Some(1));
        let padding = take_padding(arguments, rank, paddings);
        let dilation = arguments.take_axes("dilation", rank, Some(1));
        Some(Self { kernel: kernel?, stride: stride?, padding: padding?, dilation: dilation? })
    }

    /// Those of a pool, whose windows stand side by side unless `stride` says otherwise.
    pub fn take_pool(arguments: &mut Arguments<'_>, rank: usize, dilates: bool) -> Option<Self> {
        let kernel = arguments.take_axes("kernel", rank, None);
        let side_by_side = !arguments.has("stride", false);
        let stride = arguments.take_axes("stride", rank, Some(1));
        let padding = take_padding(arguments, rank, PADDINGS);
        let dilation = if dilates {
            arguments.take_axes("dilation", rank, Some(1))
        } else {
            Some(vec![1; rank])
        };
        let kernel = kernel?;
        let stride = if side_by_side { kernel.clone() } else { stride? };
        Some(Self { stride, padding: padding?, dilation: dilation?, kernel })
    }

    /// Where it stands on a plane of this size, and the output's axes.
    ///
    /// # Errors
    ///
    /// A window larger than the plane and its padding, or `same` padding that is not the same on both sides.
    pub fn place(&self, keyword: &str, planes: &[usize]) -> Result<(Geometry, Vec<usize>), Misfit> {
        let (mut output, mut padding) = (Vec::new(), Vec::new());
        for (axis, length) in planes.iter().enumerate() {
            let (stride, reach) = (self.stride[axis], self.reach(axis));
            let (before, after) = match &self.padding {
                Padding::Sizes(sizes) => (sizes[axis], sizes[axis]),
                Padding::Causal => (reach - 1, 0),
                Padding::Same => {
                    let moves = (length.div_ceil(stride) - 1).saturating_mul(stride);
                    let total = moves.saturating_add(reach).saturating_sub(*length);
                    if !total.is_multiple_of(2) {
                        let window = (self.kernel[axis], self.dilation[axis]);
                        return Err(report_uneven(keyword, window, total));
                    }
                    (total / 2, total / 2)
                }
            };
            let whole = length.saturating_add(before).saturating_add(after);
            if reach > whole {
                return Err(report_too_large(keyword, planes.len(), axis, (reach, whole)));
            }
            output.push((whole - reach) / stride + 1);
            padding.push(before);
        }
        Ok((self.measure(planes, &output, &padding), output))
    }

    /// The sizes of a window that makes planes of that size from one of this, with so many zeros before the first.
    pub fn measure(&self, input: &[usize], output: &[usize], padding: &[usize]) -> Geometry {
        Geometry {
            channels: 1,
            filters: 1,
            input: pair(input, 1),
            output: pair(output, 1),
            kernel: pair(&self.kernel, 1),
            stride: pair(&self.stride, 1),
            padding: pair(padding, 0),
            dilation: pair(&self.dilation, 1),
            groups: 1,
        }
    }

    /// A window as large as the planes.
    pub fn whole(planes: &[usize]) -> Self {
        let ones = vec![1; planes.len()];
        Self {
            kernel: planes.to_vec(),
            stride: ones.clone(),
            padding: Padding::Sizes(vec![0; planes.len()]),
            dilation: ones,
        }
    }

    /// Whether its first place is beside the plane.
    pub fn sees_padding_alone(&self, placed: &Geometry) -> bool {
        let rank = self.kernel.len();
        (0..rank).any(|axis| placed.padding[axis + 2 - rank] >= self.reach(axis))
    }

    /// Elements from the first one of a window to the last, both included.
    pub fn reach(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1).saturating_mul(self.dilation[axis]).saturating_add(1)
    }

    /// Whether it leaves the places of an axis apart: each goes into one window, and each window sees one.
    pub fn stays_apart(&self, axis: usize) -> bool {
        let padding = match &self.padding {
            Padding::Sizes(sizes) => sizes[axis],
            Padding::Same | Padding::Causal => 0,
        };
        self.kernel[axis] == 1 && self.stride[axis] == 1 && padding == 0
    }

    /// Elements of a window.
    pub fn count(&self) -> usize {
        self.kernel.iter().fold(1, |count, axis| count.saturating_mul(*axis))
    }

    /// The arguments as they would be written, defaults left out.
    pub fn settings(&self) -> String {
        let mut text = format!("kernel = {}", write_axes(&self.kernel));
        let ones = |axes: &[usize]| axes.iter().all(|axis| *axis == 1);
        if !ones(&self.stride) {
            text.push_str(&format!(", stride = {}", write_axes(&self.stride)));
        }
        match &self.padding {
            Padding::Same => text.push_str(", padding = same"),
            Padding::Causal => text.push_str(", padding = causal"),
            Padding::Sizes(sizes) if sizes.iter().any(|size| *size > 0) => {
                text.push_str(&format!(", padding = {}", write_axes(sizes)));
            }
            Padding::Sizes(_) => {}
        }
        if !ones(&self.dilation) {
            text.push_str(&format!(", dilation = {}", write_axes(&self.dilation)));
        }
        text
    }
}

fn take_padding(arguments: &mut Arguments<'_>, rank: usize, words: &[&str]) -> Option<Padding> {
    match arguments.take_word_or_axes("padding", words, rank)? {
        Ok(0) => Some(Padding::Sizes(vec![0; rank])),
        Ok(1) => Some(Padding::Same),
        Ok(_) => {
            arguments.check(
                rank == 1,
                "`causal` padding of a layer over two axes",
                "time is one axis: pad rows and columns with `same`, or by numbers",
            )?;
            Some(Padding::Causal)
        }
        Err(sizes) => Some(Padding::Sizes(sizes)),
    }
}

/// `3`, or `[3, 5]`.
pub fn write_axes(axes: &[usize]) -> String {
    match axes {
        [first, rest @ ..] if rest.iter().all(|axis| axis == first) => first.to_string(),
        _ => format!("{axes:?}"),
    }
}

fn report_uneven(keyword: &str, (kernel, dilation): (usize, usize), total: usize) -> Misfit {
    let zeros = if total == 1 { "zero" } else { "zeros" };
    Misfit {
        rule: Rule::SamePadding,
        headline: format!(
            "`padding = same` of this `{keyword}` would need {total} {zeros}, which is not the same on both sides"
        ),
        help: if dilation.is_multiple_of(2) {
            "give the padding as a number".to_owned()
        } else {
            format!(
                "a `kernel` of {} or {} divides evenly; or give the padding as a number",
                kernel - 1,
                kernel + 1
            )
        },
    }
}

fn report_too_large(
    keyword: &str,
    rank: usize,
    axis: usize,
    (reach, whole): (usize, usize),
) -> Misfit {
    let what = match (rank, axis) {
        (1, _) => "elements",
        (_, 0) => "rows",
        _ => "columns",
    };
    Misfit {
        rule: Rule::WindowSize,
        headline: format!(
            "the window of this `{keyword}` reaches over {reach} {what}, but there are only {whole}, padding included"
        ),
        help: "make `kernel` or `dilation` smaller, or add `padding`".to_owned(),
    }
}

/// The planes of a value: their number and their size. A value over one axis of `rank` has `[channels, length]`, one
/// over two `[channels, rows, columns]`.
pub fn split_planes<'a>(
    keyword: &str,
    rank: usize,
    shape: &'a Shape,
) -> Result<(usize, &'a [usize]), Misfit> {
    if let [channels, planes @ ..] = shape.axes()
        && planes.len() == rank
    {
        return Ok((*channels, planes));
    }
    let (axes, example) = match rank {
        1 => ("two axes, `[channels, length]`", "[1, N]"),
        _ => ("three axes, `[channels, rows, columns]`", "[1, ROWS, COLUMNS]"),
    };
    Err(Misfit {
        rule: Rule::LayerRank,
        headline: format!("`{keyword}` needs a value of {axes}, but this one is {shape}"),
        help: format!(
            "declare the input that way, or put `reshape({example}) ->` before the layer"
        ),
    })
}

/// Rows and columns of one axis or two: a single axis is a row.
fn pair(axes: &[usize], single: usize) -> [usize; 2] {
    match axes {
        [rows, columns] => [*rows, *columns],
        [columns] => [single, *columns],
        _ => [single; 2],
    }
}
