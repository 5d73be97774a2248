/**
Metadata and selectors shared by all kinds, in the notation of `parse-types.ts`.
*/
export const metaTypes = `
package io.k8s.apimachinery.pkg.apis.meta.v1
ManagedFieldsEntry: apiVersion#3 string | fieldsType#6 string | fieldsV1#7 json | manager#1 string | operation#2
  string | subresource#8 string | time#4 *time
OwnerReference atomic: apiVersion#5 string z ! | blockOwnerDeletion#7 *bool | controller#6 *bool | kind#1 string z !
  | name#3 string z ! | uid#4 string z !
ObjectMeta: annotations#12 {}string | creationTimestamp#8 time | deletionGracePeriodSeconds#10 *int64 |
  deletionTimestamp#9 *time | finalizers#14 []string set + | generateName#2 string | generation#7 int64 | labels#11
  {}string | managedFields#17 []ManagedFieldsEntry | name#1 string | namespace#3 string | ownerReferences#13
  []OwnerReference @uid +uid | resourceVersion#6 string | selfLink#4 string | uid#5 string
LabelSelectorRequirement: key#1 string z ! | operator#2 string z ! | values#3 []string
LabelSelector atomic: matchExpressions#2 []LabelSelectorRequirement | matchLabels#1 {}string
Condition: lastTransitionTime#4 time z ! | message#6 string z ! | observedGeneration#3 int64 | reason#5 string z ! |
  status#2 string z ! | type#1 string z !
Preconditions: resourceVersion#2 *string | uid#1 *string
DeleteOptions: dryRun#5 []string | gracePeriodSeconds#1 *int64 | ignoreStoreReadErrorWithClusterBreakingPotential#6
  *bool | orphanDependents#3 *bool | preconditions#2 Preconditions | propagationPolicy#4 *string
FieldSelectorRequirement: key#1 string z ! | operator#2 string z ! | values#3 []string
`;
