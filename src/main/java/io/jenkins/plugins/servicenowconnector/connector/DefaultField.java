package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.io.Serial;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A field that every new ticket gets unless a step says otherwise. */
public class DefaultField implements Describable<DefaultField>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String value;

    /**
     * @param name the field's name
     * @param value its value as ServiceNow stores it
     */
    @DataBoundConstructor
    public DefaultField(String name, String value) {
        this.name = Util.fixNull(name).trim();
        this.value = Util.fixNull(value);
    }

    /** The field's name. */
    public String getName() {
        return name;
    }

    /** Its value as ServiceNow stores it. */
    public String getValue() {
        return value;
    }

    /** The form of a field. */
    @Extension
    public static class DescriptorImpl extends Descriptor<DefaultField> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultField_displayName();
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            (item == null ? Jenkins.get() : item).checkPermission(item == null ? Jenkins.ADMINISTER : Item.CONFIGURE);
            return ConnectorDescriptor.checked(() -> Syntax.field("Name", value));
        }
    }
}
