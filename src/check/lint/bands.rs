//! Band tables: values that two bands claim, and values between two bands that none does.

use super::each_rule;
use crate::condition::Scalar;
use crate::error::{Code, Path};
use crate::model::{Band, BandValues, Counts, FactPoints, Model, Type};
use crate::order::sort;
use crate::read::Reader;
use crate::value::written;

pub fn lint(reader: &mut Reader, model: &Model) {
    each_rule(model, &mut |path, rule| {
        if let Counts::Facts { gives: FactPoints::Bands { attribute, bands }, .. } = &rule.counts {
            let path = path.field("bands");
            let declared = model.attributes.iter().find(|declared| declared.path == *attribute);
            repeated_values(reader, &path, bands);
            ranges(reader, &path, bands, declared.is_some_and(|declared| declared.kind == Type::Integer));
        }
    });
}

fn repeated_values(reader: &mut Reader, path: &Path, bands: &[Band]) {
    let mut seen: Vec<&Scalar> = Vec::new();
    for (place, band) in bands.iter().enumerate() {
        let BandValues::Is(values) = &band.values else {
            continue;
        };
        for value in values {
            if seen.contains(&value) {
                let message = format_args!("an earlier band has {} already", value.to_value());
                reader.warn(Code::OverlappingBands, &path.item(place), message);
            }
        }
        seen.extend(values);
    }
}

/// A range of numbers, with its place among the bands.
#[derive(Clone, Copy)]
struct Span {
    place: usize,
    low: f64,
    low_in: bool,
    high: f64,
    high_in: bool,
}

fn ranges(reader: &mut Reader, path: &Path, bands: &[Band], whole: bool) {
    let mut spans = Vec::new();
    let mut has_rest = false;
    for (place, band) in bands.iter().enumerate() {
        match band.values {
            BandValues::Range { low, high } => {
                let (low, low_in) = low.unwrap_or((f64::NEG_INFINITY, true));
                let (high, high_in) = high.unwrap_or((f64::INFINITY, true));
                spans.push(Span { place, low, low_in, high, high_in });
            }
            BandValues::Rest => has_rest = true,
            BandValues::Is(_) => {}
        }
    }
    sort(&mut spans, |a, b| a.low.total_cmp(&b.low).then(b.low_in.cmp(&a.low_in)));
    let mut reached: Option<Span> = None;
    for span in spans {
        if let Some(before) = reached {
            let later = before.place.max(span.place);
            if overlaps(before, span, whole) {
                let message = format_args!("values from `{}` are in an earlier band already", written(span.low));
                reader.warn(Code::OverlappingBands, &path.item(later), message);
            } else if !has_rest && has_gap(before, span, whole) {
                let (from, to) = (written(before.high), written(span.low));
                let message = format_args!("values between `{from}` and `{to}` are in no band");
                reader.warn(Code::GapBetweenBands, &path.item(later), message);
            }
        }
        if reached.is_none_or(|before| span.high > before.high) {
            reached = Some(span);
        }
    }
}

/// Whether some number, or whole number, is in both; `a` begins first.
fn overlaps(a: Span, b: Span, whole: bool) -> bool {
    if b.low == a.high {
        return a.high_in && b.low_in;
    }
    b.low < a.high && (!whole || first_whole(b.low, b.low_in) <= last_whole(a.high, a.high_in))
}

fn has_gap(a: Span, b: Span, whole: bool) -> bool {
    match whole {
        true => first_whole(b.low, b.low_in) > last_whole(a.high, a.high_in) + 1.0,
        false => b.low > a.high || !(a.high_in || b.low_in),
    }
}

fn first_whole(low: f64, included: bool) -> f64 {
    if included { libm::ceil(low) } else { libm::floor(low) + 1.0 }
}

fn last_whole(high: f64, included: bool) -> f64 {
    if included { libm::floor(high) } else { libm::ceil(high) - 1.0 }
}
