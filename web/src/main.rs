//! The page: a cluster to play with, or two in lock-step, each under a protocol of its own.

mod address;
mod animation;
mod announcer;
mod app;
mod beginning;
mod branches;
mod breakers;
mod building;
mod callbacks;
mod captions;
mod charts;
mod checks;
mod chips;
mod choice;
mod chunk;
mod chunks;
mod command;
mod compared;
mod cut;
mod dialog;
mod dialogs;
mod difference;
mod drop;
mod el;
mod engines;
mod face;
mod file_dialog;
mod file_reader;
mod file_writer;
mod files;
mod header;
mod icons;
mod inspect;
mod inspect_node;
mod isles;
mod journey;
mod keyboard;
mod legend;
mod markers;
mod measures;
mod menu;
mod message;
mod message_menu;
mod milestone;
mod more;
mod mount;
mod msg;
mod mutants;
mod pace;
mod page;
mod painter;
mod panes;
mod part;
mod presets;
mod protocol;
mod room;
mod rove;
mod seed;
mod settings;
mod settings_dialog;
mod settings_fields;
mod settings_values;
mod shortcut_list;
mod shortcuts;
mod side;
mod sight;
mod snapshot;
mod speed;
mod stepper;
mod story;
mod text;
mod theme;
mod timeline;
mod tools;
mod transport;
mod travel;
mod views;
mod water;
mod wish;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    let host = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("whitewater"));
    match host {
        Some(host) => mount::mount(host),
        None => mount::crash(text::NO_HOST, None),
    }
}
