//! Every decision of WaterCraft, and the sentence that tells it.

use crate::rule_table::rules;

rules! {
    /// A decision of WaterCraft.
    WatercraftRule:
    // Finding a network.
    Founds, "founds", 2, "rule W2":
        "{node} originates the network and begins as its host.",
        "nobody was there before it";
    Contacts, "contacts", 2, "rule W1":
        "{node} was given the id of {peer}, and calls it to join.",
        "any node of a network says who its host is";
    ContactsNext, "contacts-next", 1, "rule W1":
        "{node} finds no host, and tries {peer}.",
        "one contact may be down while another lives";
    ContactsNamedHost, "contacts-named-host", 1, "rule W2":
        "{node} is told that {peer} is the host, and calls it.",
        "the host is who has been in the network longest";
    AnswersHostCall, "answers-host-call", 1, "rule W10":
        "{node} is in no network, and answers the host {peer}.",
        "a host calls whoever is not on its list";
    DefersToLower, "defers-to-lower", 1, "rule W1":
        "{node} lets {peer} found the network, if there is none.",
        "of nodes that all look for a network, one founder is enough";
    FoundsAlone, "founds-alone", 2, "rule W2":
        "{node} has asked {number} times in vain, so it founds a network.",
        "there may be none any more, and networks that meet will merge";
    Joined, "joined", 2, "rule W2":
        "{node} is in the network of {peer}, as number {number}.",
        "the host's list says how old everyone is";

    // The host and its list.
    Admits, "admits", 2, "rule W2":
        "{node} admits {peer} as number {number}.",
        "the host counts who joins, so no clock is needed";
    AdmitsAnew, "admits-anew", 2, "rule W10":
        "{peer} crashed or left, so {node} admits it anew, as number {number}.",
        "a new life begins as the youngest";
    TakesBack, "takes-back", 2, "rule W10":
        "{node} takes {peer} back, still number {number}.",
        "it was removed but had never died";
    TakesIn, "takes-in", 2, "rule W10":
        "{node} takes {peer} in, which was number {number} in another network.",
        "a node keeps its number for its whole life";
    NumberCorrected, "number-corrected", 1, "rule W10":
        "{node} learns that {peer} is number {number}.",
        "two hosts had admitted it, and a node knows its own number";
    TellsEveryone, "tells-everyone", 1, "rule W3":
        "{node} sends everyone the new list, with {peer} on it.",
        "the host tells all when a node joins";
    TellsListAgain, "tells-list-again", 1, "rule W3":
        "{node} sends {peer} the list again.",
        "its first answer was lost";
    Removes, "removes", 2, "rule W5":
        "{peer} has not called for {number} rounds, so {node} removes it.",
        "nodes that live call their host each round";
    HearsRemoval, "hears-removal", 1, "rule W3":
        "{node} strikes {peer} off its own list.",
        "the host notifies the others when it removes a node";
    CallsOutsider, "calls-outsider", 1, "rule W10":
        "{node} calls {peer}, which is not on its list.",
        "it may be alive behind a cut that has healed";

    // Heartbeats.
    ReportRight, "report-right", 0, "rule W5":
        "{node} confirms what {peer} believes.",
        "details are sent only where something is wrong";
    CountWrong, "count-wrong", 1, "rule W5":
        "{peer} counts the nodes wrong, so {node} sends it the list.",
        "a wrong number means that it missed something";
    VersionWrong, "version-wrong", 1, "rule W5":
        "{peer} has another version of the list, so {node} sends it.",
        "another version means that it missed something";
    HostAnswers, "host-answers", 0, "rule W5":
        "{node} hears from its host {peer}.",
        "the host lives, and nothing has changed";
    TakesList, "takes-list", 1, "rule W4":
        "{node} takes over the list of {peer}: {number} nodes.",
        "every node has to know who could host next";
    IgnoresOldList, "ignores-old-list", 1, "rule W4":
        "{node} ignores old news from {peer}.",
        "it has a later version of the list";
    AnswerMissed, "answer-missed", 1, "rule W6":
        "{node} misses an answer from {peer}: {number} of {of}.",
        "so many missed answers in a row mean that it cannot be reached";
    TellsWhoHosts, "tells-who-hosts", 1, "rule W1":
        "{node} is not the host, and names {peer}.",
        "whoever is called tells whom it knows";
    KnowsNoHost, "knows-no-host", 1, "rule W1":
        "{node} is in no network itself, and says so to {peer}.",
        "whoever is called tells what it knows";

    // A new host.
    HostUnreachable, "host-unreachable", 2, "rule W6":
        "{node} cannot reach {peer}: {number} calls went unanswered.",
        "a host that stays silent is dead, or cut off";
    HostCameBack, "host-came-back", 2, "rule W10":
        "{peer} crashed and came back, so {node} needs another host.",
        "a new life has neither the list nor the data";
    HostLeft, "host-left", 2, "rule W9":
        "{peer} leaves, so {node} needs another host.",
        "a good-bye needs no waiting";
    DecidesOnNext, "decides-on-next", 2, "rule W6":
        "{node} decides on {peer}, the next oldest, and calls it.",
        "it is the new host, or knows who is";
    BecomesHost, "becomes-host", 2, "rule W7":
        "{node} knows of no older node alive, so it is the host.",
        "who stays long enough becomes the host";
    SentToHost, "sent-to-host", 1, "rule W6":
        "{node} is sent on to {peer}.",
        "whoever is not the host says who is";
    StaysWithNext, "stays-with-next", 1, "rule W6":
        "{node} is sent back to {peer}, but waits.",
        "it could not reach that one, and the others will soon notice";
    AsksNamedHost, "asks-named-host", 1, "rule W6":
        "{node} tries {peer} once more.",
        "others still name it as the host";
    NamedByNext, "named-by-next", 2, "rule W6":
        "{peer} takes {node} for the host, so {node} is the host.",
        "their lists differ, and if each waited for the other nobody would host";
    NoHostNamed, "no-host-named", 1, "rule W6":
        "{node} learns nothing about the host from {peer}.",
        "an answer that names no older node helps nobody";
    OlderThanHost, "older-than-host", 2, "rule W2":
        "{node} is older than {peer}, so it is the host.",
        "the host is who has been in the network longest";

    // Networks that meet.
    RemovedButAlive, "removed-but-alive", 1, "rule W10":
        "{node} lives, and calls {peer}, who had removed it.",
        "a false suspicion costs no age";
    FollowsLaterHost, "follows-later-host", 1, "rule W6":
        "{node} hears nothing from its host, and follows {peer}.",
        "another took over in the meantime";
    HearsOfOtherHost, "hears-of-other-host", 2, "rule W10":
        "{node} hears that {peer} hosts as well, and calls it.",
        "of two hosts that meet the younger yields";
    ChecksOlder, "checks-older", 1, "rule W10":
        "{node} hears of {peer}, an older host, and asks whether it still is.",
        "a late message of a host that died must not unseat another";
    MeetsYounger, "meets-younger", 2, "rule W10":
        "{node} meets {peer}, a younger host, and says who is older.",
        "of two hosts that meet the younger yields";
    YieldsToOlder, "yields-to-older", 2, "rule W10":
        "{node} yields to {peer}, who is older, and hands it the list.",
        "of two hosts that meet the younger yields";
    ListsMerged, "lists-merged", 2, "rule W10":
        "{node} merges the list of {peer} into its own: {number} changes.",
        "two networks have become one";

    // Leaving.
    Leaves, "leaves", 2, "rule W9":
        "{node} says good-bye.",
        "who tells the others spares them the wait";
    HandsOver, "hands-over", 2, "rule W9":
        "{node} leaves, and hands list and data over to {peer}.",
        "the next oldest will be the host";
    TakesOver, "takes-over", 2, "rule W9":
        "{node} takes over from {peer}.",
        "the host left, and it is the next oldest";
    TakesOverData, "takes-over-data", 1, "rule W9":
        "{node} takes over {number} changes.",
        "data is handed over on a clean leave";
    HandOverTooLate, "hand-over-too-late", 1, "rule W9":
        "{node} cannot use what {peer} hands over.",
        "another hosts already, or it serves new data";
    NodeLeaves, "node-leaves", 2, "rule W9":
        "{node} hears {peer} say good-bye, and strikes it out.",
        "a good-bye is final for this life";

    // Clients.
    StoresAlone, "stores-alone", 2, "rule W9":
        "{node} stores change {number}, alone.",
        "shared data lives with the host and dies with it";
    ReadsAlone, "reads-alone", 1, "rule W9":
        "{node} answers a read from its own data.",
        "nobody else has the data";
    ClientRedirected, "client-redirected", 2, "rule F6":
        "{node} sends the client on to {peer}.",
        "only the host serves clients";
    ClientRefused, "client-refused", 2, "rule F6":
        "{node} refuses the client, because it knows no host.",
        "it has to be in a network first";
    CallRepeated, "call-repeated", 0, "rule F6":
        "{node} already works on this call.",
        "the same call is not carried out twice at once";
    CallsLost, "calls-lost", 1, "rule F6":
        "{node} hosts no more, and a waiting call is lost.",
        "whether it took effect is unknown";
    DataDropped, "data-dropped", 2, "rule W9":
        "{node} drops its {number} changes, because it hosts no more.",
        "data belongs to the host alone";

    // Messages that change nothing.
    Malformed, "malformed", 1, "rule F4":
        "{node} ignores a message from {peer} that makes no sense.",
        "no message may harm a node";
    MessageIgnored, "message-ignored", 0, "rule F6":
        "{node} ignores a message from {peer}.",
        "it comes from an earlier life, or answers what nobody asks any more";
}
