package io.jenkins.plugins.servicenowconnector.testing;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import org.kohsuke.stapler.MetaClass;

/** Has Jenkins keep the views that it has read, as it does for its users: in tests it would read each anew for every page. */
public final class KeptViews {

    private KeptViews() {}

    /** Called by Jenkins when it starts. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void keep() {
        MetaClass.NO_CACHE = false;
    }
}
