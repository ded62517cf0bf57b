/** Connectors of folders: the only package that knows the folders plugin, and nobody imports it. */
package io.jenkins.plugins.servicenowconnector.connector.folder;
