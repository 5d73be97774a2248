/**
Roles, bindings and reviews, in the notation of `parse-types.ts`.
*/
export const accessTypes = `
package io.k8s.api.rbac.v1
PolicyRule: apiGroups#2 []string | nonResourceURLs#5 []string | resourceNames#4 []string | resources#3 []string |
  verbs#1 []string z !
Role: metadata#1 ObjectMeta s | rules#2 []PolicyRule z
AggregationRule: clusterRoleSelectors#1 []LabelSelector
ClusterRole: aggregationRule#3 AggregationRule | metadata#1 ObjectMeta s | rules#2 []PolicyRule z
RoleRef atomic: apiGroup#1 string z ! | kind#2 string z ! | name#3 string z !
Subject atomic: apiGroup#2 string | kind#1 string z ! | name#3 string z ! | namespace#4 string
RoleBinding: metadata#1 ObjectMeta s | roleRef#3 RoleRef s ! | subjects#2 []Subject
ClusterRoleBinding: metadata#1 ObjectMeta s | roleRef#3 RoleRef s ! | subjects#2 []Subject
package io.k8s.api.authorization.v1
NonResourceAttributes: path#1 string | verb#2 string
FieldSelectorAttributes: rawSelector#1 string | requirements#2 []FieldSelectorRequirement
LabelSelectorAttributes: rawSelector#1 string | requirements#2 []LabelSelectorRequirement
ResourceAttributes: fieldSelector#8 FieldSelectorAttributes | group#3 string | labelSelector#9
  LabelSelectorAttributes | name#7 string | namespace#1 string | resource#5 string | subresource#6 string | verb#2
  string | version#4 string
SelfSubjectAccessReviewSpec: nonResourceAttributes#2 NonResourceAttributes | resourceAttributes#1 ResourceAttributes
SubjectAccessReviewStatus: allowed#1 bool z ! | denied#4 bool | evaluationError#3 string | reason#2 string
SelfSubjectAccessReview: metadata#1 ObjectMeta s | spec#2 SelfSubjectAccessReviewSpec s ! | status#3
  SubjectAccessReviewStatus s
SelfSubjectRulesReviewSpec: namespace#1 string
NonResourceRule: nonResourceURLs#2 []string | verbs#1 []string z !
ResourceRule: apiGroups#2 []string | resourceNames#4 []string | resources#3 []string | verbs#1 []string z !
SubjectRulesReviewStatus: evaluationError#4 string | incomplete#3 bool z ! | nonResourceRules#2 []NonResourceRule z
  ! | resourceRules#1 []ResourceRule z !
SelfSubjectRulesReview: metadata#1 ObjectMeta s | spec#2 SelfSubjectRulesReviewSpec s ! | status#3
  SubjectRulesReviewStatus s
SubjectAccessReviewSpec: extra#5 {}[]string | groups#4 []string | nonResourceAttributes#2 NonResourceAttributes |
  resourceAttributes#1 ResourceAttributes | uid#6 string | user#3 string
SubjectAccessReview: metadata#1 ObjectMeta s | spec#2 SubjectAccessReviewSpec s ! | status#3
  SubjectAccessReviewStatus s
LocalSubjectAccessReview: metadata#1 ObjectMeta s | spec#2 SubjectAccessReviewSpec s ! | status#3
  SubjectAccessReviewStatus s
package io.k8s.api.authentication.v1
UserInfo: extra#4 {}[]string | groups#3 []string | uid#2 string | username#1 string
SelfSubjectReviewStatus: userInfo#1 UserInfo s
SelfSubjectReview: metadata#1 ObjectMeta s | status#2 SelfSubjectReviewStatus s
TokenReviewSpec: audiences#2 []string | token#1 string
TokenReviewStatus: audiences#4 []string | authenticated#1 bool | error#3 string | user#2 UserInfo s
BoundObjectReference: apiVersion#2 string | kind#1 string | name#3 string | uid#4 string
TokenRequestSpec: audiences#1 []string z ! | boundObjectRef#3 BoundObjectReference z | expirationSeconds#4 *int64
TokenRequestStatus: expirationTimestamp#2 time z ! | token#1 string z !
TokenRequest: metadata#1 ObjectMeta s | spec#2 TokenRequestSpec s ! | status#3 TokenRequestStatus s
TokenReview: metadata#1 ObjectMeta s | spec#2 TokenReviewSpec s ! | status#3 TokenReviewStatus s
`;
