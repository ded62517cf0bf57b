package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.queue.CauseOfBlockage;

/** Says in the queue what an item waits for. */
final class GateBlockage extends CauseOfBlockage {

    private final GatedItem item;

    GateBlockage(GatedItem item) {
        this.item = item;
    }

    @Override
    public String getShortDescription() {
        if (item.approval() == null) {
            return item.getWhy();
        }
        String url = item.getUrl();
        String named = url.isEmpty() ? item.getTicket() : item.getTicket() + " (" + url + ")";
        return Messages.GatedItem_blocked(named, item.getWhy());
    }
}
