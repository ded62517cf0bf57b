/** Build steps of freestyle jobs over the same operations as the Pipeline steps. */
package io.jenkins.plugins.servicenowconnector.freestyle;
