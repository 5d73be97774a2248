/**
A control plane could not be started or asked: the message is one sentence that says what to do.
*/
export class ControlPlaneError extends Error {
	override name = 'ControlPlaneError';
}
