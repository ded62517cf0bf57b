package io.jenkins.plugins.servicenowconnector.step.mail;

import hudson.Util;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.servicenowconnector.step.MailAddresses;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Reads the address from a user's page, where the mailer plugin keeps it; one that it would only guess does not count. */
@OptionalExtension(requirePlugins = "mailer")
public class MailerAddresses implements MailAddresses {

    @Override
    public String of(User user) {
        Mailer.UserProperty property = user.getProperty(Mailer.UserProperty.class);
        return property == null ? null : Util.fixEmptyAndTrim(property.getExplicitlyConfiguredAddress());
    }
}
