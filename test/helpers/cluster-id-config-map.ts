/**
The ConfigMap in which Liqo keeps the id of its own cluster, with the labels that its chart puts on it.
*/
export const clusterIdConfigMap = (
	id: string,
	{
		namespace = 'liqo',
		data = {},
	}: {
		readonly namespace?: string;
		/**
		More than the id.
		*/
		readonly data?: Readonly<Record<string, string>>;
	} = {},
) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {
		name: 'liqo-clusterid-configmap',
		namespace,
		labels: {
			'app.kubernetes.io/name': 'clusterid-configmap',
			'app.kubernetes.io/component': 'clusterid-configmap',
		},
	},
	data: {CLUSTER_ID: id, ...data},
});
