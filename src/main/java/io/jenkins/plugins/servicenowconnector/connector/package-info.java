/**
 * Connectors in Jenkins: their configuration, who they authenticate as, and how one is opened for a run. Nothing else in this
 * plugin touches credentials.
 */
package io.jenkins.plugins.servicenowconnector.connector;
