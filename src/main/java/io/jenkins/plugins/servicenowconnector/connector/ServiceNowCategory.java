package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;

/** Keeps our configuration on a page of its own, and below {@code serviceNow:} in Configuration as Code. */
@Extension
@Symbol("serviceNow")
public class ServiceNowCategory extends GlobalConfigurationCategory {

    @Override
    public String getDisplayName() {
        return Messages.ServiceNowCategory_displayName();
    }

    @Override
    public String getShortDescription() {
        return Messages.ServiceNowCategory_description();
    }
}
