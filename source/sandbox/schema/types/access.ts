/**
Roles, bindings and reviews, in the notation of `parse-types.ts`.
*/
export const accessTypes = `
package io.k8s.api.rbac.v1
PolicyRule: apiGroups []string | nonResourceURLs []string | resourceNames []string | resources []string | verbs
  []string z !
Role: metadata ObjectMeta s | rules []PolicyRule z
AggregationRule: clusterRoleSelectors []LabelSelector
ClusterRole: aggregationRule AggregationRule | metadata ObjectMeta s | rules []PolicyRule z
RoleRef atomic: apiGroup string z ! | kind string z ! | name string z !
Subject atomic: apiGroup string | kind string z ! | name string z ! | namespace string
RoleBinding: metadata ObjectMeta s | roleRef RoleRef s ! | subjects []Subject
ClusterRoleBinding: metadata ObjectMeta s | roleRef RoleRef s ! | subjects []Subject
package io.k8s.api.authorization.v1
NonResourceAttributes: path string | verb string
FieldSelectorAttributes: rawSelector string | requirements []FieldSelectorRequirement
LabelSelectorAttributes: rawSelector string | requirements []LabelSelectorRequirement
ResourceAttributes: fieldSelector FieldSelectorAttributes | group string | labelSelector LabelSelectorAttributes |
  name string | namespace string | resource string | subresource string | verb string | version string
SelfSubjectAccessReviewSpec: nonResourceAttributes NonResourceAttributes | resourceAttributes ResourceAttributes
SubjectAccessReviewStatus: allowed bool z ! | denied bool | evaluationError string | reason string
SelfSubjectAccessReview: metadata ObjectMeta s | spec SelfSubjectAccessReviewSpec s ! | status
  SubjectAccessReviewStatus s
SelfSubjectRulesReviewSpec: namespace string
NonResourceRule: nonResourceURLs []string | verbs []string z !
ResourceRule: apiGroups []string | resourceNames []string | resources []string | verbs []string z !
SubjectRulesReviewStatus: evaluationError string | incomplete bool z ! | nonResourceRules []NonResourceRule z ! |
  resourceRules []ResourceRule z !
SelfSubjectRulesReview: metadata ObjectMeta s | spec SelfSubjectRulesReviewSpec s ! | status
  SubjectRulesReviewStatus s
SubjectAccessReviewSpec: extra {}[]string | groups []string | nonResourceAttributes NonResourceAttributes |
  resourceAttributes ResourceAttributes | uid string | user string
SubjectAccessReview: metadata ObjectMeta s | spec SubjectAccessReviewSpec s ! | status SubjectAccessReviewStatus s
LocalSubjectAccessReview: metadata ObjectMeta s | spec SubjectAccessReviewSpec s ! | status
  SubjectAccessReviewStatus s
package io.k8s.api.authentication.v1
UserInfo: extra {}[]string | groups []string | uid string | username string
SelfSubjectReviewStatus: userInfo UserInfo s
SelfSubjectReview: metadata ObjectMeta s | status SelfSubjectReviewStatus s
TokenReviewSpec: audiences []string | token string
TokenReviewStatus: audiences []string | authenticated bool | error string | user UserInfo s
TokenReview: metadata ObjectMeta s | spec TokenReviewSpec s ! | status TokenReviewStatus s
`;
