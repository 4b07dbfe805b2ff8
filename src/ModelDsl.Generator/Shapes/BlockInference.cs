namespace ModelDsl.Generator.Shapes;

/// <summary>Finds what is wrong with a block whatever flows into it, used or not.</summary>
internal static class BlockInference
{
    /// <summary>
    /// Shapes of every kind, small and divisible ones among them. Only what is said of all that a layer does not refuse for
    /// its shape is said of the layer, so that one more of them makes the check stricter, never looser.
    /// </summary>
    private static readonly TensorShape[] Probes =
    [
        new(12),
        new TensorShape(6, 12) with { IsSequence = true },
        new(12, 12, 12),
        new TensorShape(8) with { IsTokens = true },
        new(1),
        new(1, 1, 1),
        new(12, 12),
        new(4, 4, 4, 4),
        new(840),
        new TensorShape(120, 840) with { IsSequence = true },
        new(60, 60, 840),
        new TensorShape(840) with { IsTokens = true },
        new(840, 60),
        new(60, 12, 12, 840),
    ];

    /// <summary>
    /// The rules that look at the kind of a shape only: its rank, and whether it is a sequence or of tokens. What kind a
    /// layer gives does not depend on sizes.
    /// </summary>
    private static readonly HashSet<string> RulesOfKind = new(StringComparer.Ordinal)
    {
        DenseNeedsVector.Id, EmbeddingNeedsTokens.Id, ImageExpected.Id, LayerNeedsSequence.Id, LossNeedsVector.Id,
        NormalizationNeedsVector.Id, SequenceWasReduced.Id, TokensNeedEmbedding.Id,
    };

    /// <summary>The rules that the layers of a block break, at places as if they were those of a model.</summary>
    public static IReadOnlyList<ShapeIssue> Check(string name, ParsedLayers block, CancellationToken cancellation)
    {
        EquatableArray<LayerDeclaration> layers = block.Layers;
        var issues = new List<ShapeIssue>();
        var names = new LayerNames(layers, LayerPlace.InModel(0));
        for (int i = 0; i < layers.Count; i++)
        {
            cancellation.Look();
            LayerDeclaration layer = layers[i];
            if (LayerCatalog.Find(layer.AttributeType) is not { } definition)
            {
                issues.Add(new ShapeIssue(UnknownLayer.Message(layer.Kind), LayerPlace.InModel(i)));
                continue;
            }

            // An input may begin a tower and a loss may end a head.
            bool isMisplaced = definition.Role == LayerRole.Input ? i > 0 : definition.Role == LayerRole.Loss && i < layers.Count - 1;
            if (isMisplaced)
            {
                issues.Add(new ShapeIssue(BlockHasInputOrLoss.Message(name, layer.Text), LayerPlace.InModel(i)));
            }

            if (layer.IsWellFormed)
            {
                names.NameOf(i, issues);
                issues.AddRange(CheckLayer(layer, definition.Role, cancellation).Select(issue => Move(issue, i)));
            }
        }

        // What shapes several inputs have together is the caller's to say.
        if (issues.Count == 0 && block.InputCount == 1 && CheckShapes(layers, cancellation) is { } misfit)
        {
            issues.Add(misfit);
        }

        return issues;
    }

    /// <summary>
    /// What no input fits: each kind of shape fails, and would fail at any size. The input that comes furthest tells.
    /// </summary>
    private static ShapeIssue? CheckShapes(EquatableArray<LayerDeclaration> layers, CancellationToken cancellation)
    {
        bool isTower = layers.Count > 0 && LayerCatalog.Find(layers[0].AttributeType) is { Role: LayerRole.Input };
        var furthest = new List<(ShapeIssue Issue, bool IsOfKind)>();
        IEnumerable<TensorShape> probes = isTower ? [new TensorShape()] : Probes;
        foreach (IGrouping<(int, bool, bool), TensorShape> kind in
            probes.GroupBy(probe => (probe.Rank, probe.IsSequence, probe.IsTokens)))
        {
            var failures = new List<ShapeIssue>();
            foreach (TensorShape probe in kind)
            {
                // A layer outside the block may have the name that one within is tied to.
                if (new LayerBinder(cancellation).BindAlone(layers, probe) is not { Place: not null } failure
                    || Innermost(failure).Rule.Id == TiedLayerUnknown.Id)
                {
                    return null;
                }

                failures.Add(failure);
            }

            int last = failures.Max(failure => failure.Place!.Index);
            ShapeIssue[] reached = [.. failures.Where(failure => failure.Place!.Index == last)];
            ShapeIssue first = reached[0];
            bool isOfKind = reached.All(failure => RulesOfKind.Contains(Innermost(failure).Rule.Id));

            // What two sizes fail with in the same words does not depend on the size.
            bool isOfAnySize = isTower || (reached.Length > 1 && reached.All(failure => failure == first));
            if (!isOfKind && !isOfAnySize)
            {
                return null;
            }

            furthest.Add((reached.Aggregate(Common), isOfKind));
        }

        // Who fails by a number came nearer than who fails by the kind; a shape from within the block says more than one
        // from without.
        return furthest
            .OrderByDescending(failure => failure.Issue.Place!.Index)
            .ThenBy(failure => failure.IsOfKind)
            .ThenBy(failure => failure.Issue.Origin is null)
            .First().Issue;
    }

    private static ShapeIssue Innermost(ShapeIssue issue)
    {
        for (; issue.Cause is { } cause; issue = cause)
        {
        }

        return issue;
    }

    // One issue of two: the sizes in which they differ are not known.
    private static ShapeIssue Common(ShapeIssue one, ShapeIssue other) => one with
    {
        Message = one.Message.Common(other.Message),
        Cause = one.Cause is { } cause && other.Cause is { } otherCause ? Common(cause, otherCause) : one.Cause,
    };

    private static IEnumerable<ShapeIssue> CheckLayer(LayerDeclaration layer, LayerRole role, CancellationToken cancellation)
    {
        ShapeIssue? found = null;
        foreach (TensorShape probe in role == LayerRole.Input ? [new TensorShape()] : Probes)
        {
            var binder = new LayerBinder(cancellation);
            if (binder.BindAlone(layer, probe))
            {
                return [];
            }

            // Names have been looked at together.
            foreach (
                ShapeIssue issue in binder.Issues.Where(
                    issue => issue.IsOfText && issue.Argument != nameof(LayerAttribute.Name)))
            {
                if (found is not null && found != issue)
                {
                    return [];
                }

                found = issue;
            }
        }

        return found is null ? [] : [found];
    }

    private static ShapeIssue Move(ShapeIssue issue, int number) => issue with
    {
        Place = issue.Place! with { Index = number },
        Origin = issue.Origin is { } origin ? origin with { Index = number } : null,
        Cause = issue.Cause is { } cause ? Move(cause, number) : null,
    };
}
