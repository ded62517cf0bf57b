package io.jenkins.plugins.servicenowconnector.step;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.User;
import java.util.List;
import java.util.Objects;

/** Knows the e-mail address of a user of Jenkins, which Jenkins itself does not. */
public interface MailAddresses extends ExtensionPoint {

    /** The address that was written down for a user; null for none. */
    String of(User user);

    /** All addresses of a user, whoever knows them; empty if nobody does. */
    static List<String> all(User user) {
        return ExtensionList.lookup(MailAddresses.class).stream()
                .map(each -> each.of(user))
                .filter(Objects::nonNull)
                .toList();
    }
}
