package io.jenkins.plugins.servicenowconnector.simulator.rule;

/**
 * On whose behalf a record is written.
 *
 * @param isFlow whether the instance itself acts, which may take automatic transitions
 */
public record Actor(String userName, boolean isFlow) {

    /** The instance's own flows. */
    public static final Actor FLOW = new Actor("system", true);

    public static Actor user(String userName) {
        return new Actor(userName, false);
    }
}
