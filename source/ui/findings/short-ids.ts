/**
Cluster-ids of early Liqo: UUIDs. Not those at the end of a remote name.
*/
const uuid =
	/(?<![\w\-])(?<head>[0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w\-])/gv;

/**
A sentence with the UUIDs in it cut to what tells them apart; evidence, commands and what is copied have them whole.
*/
export const shortIds = (text: string): string =>
	text.replaceAll(uuid, '$<head>…');
