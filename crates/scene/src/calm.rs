//! Nothing large flashes: at high speed a node may pass a hundred terms in a second, and its disc
//! takes up only some of their fills (WCAG 2.3.1: no more than three flashes a second).

use crate::compose::Scene;
use alloc::vec::Vec;
use consensus::NodeId;

/// The least time between two changes of one disc's fill, in milliseconds: three changes a second.
const LEAST_BETWEEN: f64 = 340.0;

/// The fills that discs wear, which follow those of their terms as quickly as is calm.
#[derive(Clone, Debug, Default)]
pub struct CalmFills {
    worn: Vec<Worn>,
}

#[derive(Clone, Copy, Debug)]
struct Worn {
    node: NodeId,
    fill: u8,
    /// When it put this fill on.
    since: f64,
}

impl CalmFills {
    /// Says in `scene` what each disc wears at `now`, in milliseconds of real time. False while one
    /// has yet to take up the fill of its term.
    pub fn settle(&mut self, scene: &mut Scene, now: f64) -> bool {
        let mut settled = true;
        self.worn
            .retain(|worn| scene.nodes.iter().any(|shape| shape.id == worn.node));
        for shape in &mut scene.nodes {
            let Some(worn) = self.worn.iter_mut().find(|worn| worn.node == shape.id) else {
                self.worn.push(Worn {
                    node: shape.id,
                    fill: shape.fill,
                    since: f64::MIN,
                });
                continue;
            };
            if worn.fill != shape.fill && now - worn.since >= LEAST_BETWEEN {
                (worn.fill, worn.since) = (shape.fill, now);
            }
            settled &= worn.fill == shape.fill;
            shape.wears = worn.fill;
        }
        settled
    }
}
