<html><body><%= "by a " + "JSP" %></body></html>
