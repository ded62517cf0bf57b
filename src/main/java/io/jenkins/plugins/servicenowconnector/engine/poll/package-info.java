/** Which waits are due, in which batches, and when next. */
package io.jenkins.plugins.servicenowconnector.engine.poll;
