/** Connectors of folders, in a Jenkins that has the folders plugin. */
package io.jenkins.plugins.servicenowconnector.connector.folder;
