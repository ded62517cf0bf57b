/** Connectors of folders: with the folders of {@code job} the only package that knows the folders plugin; nobody imports it. */
package io.jenkins.plugins.servicenowconnector.connector.folder;
