/**
 * A model server that nobody here wrote, as it is published, with and without the agent. Its model is ours: an amount above 1000 is
 * 高风险, any other 低风险.
 */
package io.ostiary.tests.mlflow;
