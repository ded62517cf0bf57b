/** Gates of folders: the only package of the jobs that knows the folders plugin, and nobody imports it. */
package io.jenkins.plugins.servicenowconnector.job.folder;
