/**
Labels that every virtual kubelet gives its Node (Liqo: virtual Node shape); what tells clusters apart comes on top.
*/
export const virtualKubeletLabels = (
	name: string,
): Readonly<Record<string, string>> => ({
	'kubernetes.io/hostname': name,
	'kubernetes.io/role': 'agent',
	'kubernetes.io/os': 'linux',
	'kubernetes.io/arch': 'amd64',
	'node.kubernetes.io/exclude-from-external-load-balancers': 'true',
	'alpha.service-controller.kubernetes.io/exclude-balancer': 'true',
});
