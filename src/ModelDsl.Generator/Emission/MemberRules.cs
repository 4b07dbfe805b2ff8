namespace ModelDsl.Generator.Emission;

/// <summary>What keeps a model from having the members that its generated half needs.</summary>
internal static class MemberRules
{
    /// <summary>The rules that a model breaks.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EquatableArray<ShapeIssue> Check(
        ModelDeclaration declaration, LoweredModel model, MemberNames names, CancellationToken cancellation)
    {
        List<ShapeIssue> issues = [];
        if (model.Layout.Length > int.MaxValue)
        {
            issues.Add(new ShapeIssue(TooManyParameters.Message(declaration.Name, model.Layout.Length)));
        }

        var taken = new HashSet<string>(declaration.Members, StringComparer.Ordinal) { declaration.Name };
        string[] values = [.. names.Tensors, .. names.Lists, .. ModelMembers.Values(declaration, model.Layers)];
        IEnumerable<string> generated =
        [
            .. values,
            .. values.Select(GeneratedMembers.GetterOf),
            .. ModelMembers.Methods(declaration, model.Layers),
            .. taken.Where(MemberNames.IsList),
        ];
        foreach (string name in generated.Looked(cancellation).Where(taken.Contains).Distinct())
        {
            string shown = name.Split('(')[0];
            issues.Add(new ShapeIssue(MemberIsGenerated.Message(shown, declaration.Name)) { Member = name });
        }

        return issues.ToEquatableArray();
    }
}
