/** Departments; one holds a comma and one a quote, as real tables do. */
export const DEPARTMENTS: readonly [string, ...string[]] = [
  "Engineering",
  "Finance",
  "Human Resources",
  "Legal",
  "Logistics",
  "Research & Development",
  "Sales, North",
  "Sales, South",
  'Service "Night Desk"',
  "Support",
];
