/** What every guarded server must do, seen from the wire: no servlet type appears here, and no class of the guard. */
package io.ostiary.tests.contract;
