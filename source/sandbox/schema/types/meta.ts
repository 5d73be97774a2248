/**
Metadata and selectors shared by all kinds, in the notation of `parse-types.ts`.
*/
export const metaTypes = `
package io.k8s.apimachinery.pkg.apis.meta.v1
ManagedFieldsEntry: apiVersion string | fieldsType string | fieldsV1 json | manager string | operation string |
  subresource string | time *time
OwnerReference atomic: apiVersion string z ! | blockOwnerDeletion *bool | controller *bool | kind string z ! | name
  string z ! | uid string z !
ObjectMeta: annotations {}string | creationTimestamp time | deletionGracePeriodSeconds *int64 | deletionTimestamp
  *time | finalizers []string set + | generateName string | generation int64 | labels {}string | managedFields
  []ManagedFieldsEntry | name string | namespace string | ownerReferences []OwnerReference @uid +uid |
  resourceVersion string | selfLink string | uid string
LabelSelectorRequirement: key string z ! | operator string z ! | values []string
LabelSelector atomic: matchExpressions []LabelSelectorRequirement | matchLabels {}string
Condition: lastTransitionTime time z ! | message string z ! | observedGeneration int64 | reason string z ! | status
  string z ! | type string z !
Preconditions: resourceVersion *string | uid *string
DeleteOptions: dryRun []string | gracePeriodSeconds *int64 | ignoreStoreReadErrorWithClusterBreakingPotential *bool
  | orphanDependents *bool | preconditions Preconditions | propagationPolicy *string
FieldSelectorRequirement: key string z ! | operator string z ! | values []string
`;
