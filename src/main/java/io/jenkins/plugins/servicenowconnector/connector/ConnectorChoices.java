package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;

/** The connectors that a form offers: by name, stored by id. */
public final class ConnectorChoices {

    private ConnectorChoices() {}

    /**
     * The connectors that can be used somewhere.
     *
     * @param item the job or folder whose form it is; null for Jenkins itself
     * @param current what is chosen now, offered even if it is gone; null or blank for nothing
     * @param none what stands for no choice
     */
    public static ListBoxModel of(Item item, String current, String none) {
        ListBoxModel choices = new ListBoxModel(new ListBoxModel.Option(none, ""));
        Connectors.usableIn(item)
                .forEach(found -> choices.add(found.name(), found.connector().getId()));
        String chosen = Util.fixEmptyAndTrim(current);
        if (chosen != null && choices.stream().noneMatch(choice -> choice.value.equals(chosen))) {
            choices.add(chosen);
        }
        return choices;
    }
}
