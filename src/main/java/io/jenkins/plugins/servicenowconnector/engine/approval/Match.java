package io.jenkins.plugins.servicenowconnector.engine.approval;

/** How many of the conditions must hold. */
enum Match {
    ALL,
    ANY
}
