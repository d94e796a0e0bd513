//! Carrying out what a person wishes of the run.

use super::Inner;
use crate::command::Command;
use consensus::Micros;

impl Inner {
    /// Carries it out; what is looked for goes on only where nothing else is wished for.
    pub(super) fn command(&mut self, command: Command) {
        if !matches!(
            command,
            Command::Travel(..) | Command::Speed(_) | Command::Faster(_)
        ) {
            self.journey.end();
        }
        match command {
            Command::Toggle => self.pace.playing = !self.pace.playing,
            Command::Forward => {
                self.pace.playing = false;
                self.run.step_forward();
            }
            Command::Back => {
                self.pace.playing = false;
                self.run.step_back();
            }
            Command::Travel(travel, forward) => {
                self.pace.playing = false;
                self.journey.begin(travel, forward, &self.run);
            }
            Command::Seek(at) => self.run.seek(at),
            Command::Restart => self.run.seek(Micros::ZERO),
            Command::End => self.run.seek(self.run.reached()),
            Command::Speed(speed) => self.pace.speed = speed,
            Command::Faster(faster) => self.pace.speed = self.pace.speed.next(faster),
            // What two sides refuse is offered on one side only.
            Command::Act(action) => drop(self.run.act(action)),
            Command::Undo => drop(self.run.undo()),
            Command::TakeUp(branch) => self.run.take_up(branch),
            Command::Hold(held) => self.pace.held = held,
            Command::Look(focus) => {
                self.watch.focus = focus;
                self.mark();
            }
            Command::Watch(reader) => self.watch.reader = reader,
            Command::Inspect(inspected) => {
                self.pace.playing &= inspected.is_none();
                self.inspector.look(inspected);
                self.mark();
            }
            Command::Visit(at) => {
                self.pace.playing = false;
                self.run.seek(at);
            }
        }
        self.stop_when_broken();
    }
}
