namespace ModelDsl.Generator.Shapes;

/// <summary>Follows the shape of one sample from attribute to attribute.</summary>
internal static class ShapeInference
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ShapedModel Run(ModelDeclaration model, CancellationToken cancellation)
    {
        var binder = new LayerBinder(cancellation);
        List<ShapeIssue> issues = binder.Issues;
        var layers = new List<BoundLayer>();
        bool bound = CheckOrder(model, issues, cancellation) && binder.BindModel(model, layers);
        issues.AddRange(PrecisionCheck.Run(model, layers, cancellation));
        CheckConvolution(model, issues);
        if (bound)
        {
            CheckOutput(model, layers, issues);
        }

        bool complete = bound
            && (!model.ClipsSamples || CheckSamples(layers, issues, cancellation))
            && !issues.Exists(issue => issue.Message.IsError);

        return new ShapedModel(layers.ToEquatableArray(), issues.ToEquatableArray(), complete)
        {
            FittingBlocks = binder.FittingBlocks.ToEquatableArray(),
            Result = model.Result,
        };
    }

    private static bool CheckOrder(ModelDeclaration model, List<ShapeIssue> issues, CancellationToken cancellation)
    {
        var roles = new List<LayerRole>();
        bool known = true;
        for (int i = 0; i < model.Layers.Count; i++)
        {
            cancellation.Look();
            LayerDeclaration layer = model.Layers[i];
            LayerRule? definition = LayerCatalog.Find(layer.AttributeType);
            if (definition is null)
            {
                issues.Add(new ShapeIssue(UnknownLayer.Message(layer.Kind), LayerPlace.InModel(i)));
                known = false;
            }

            roles.Add(definition?.Role ?? LayerRole.Hidden);
        }

        int input = roles.IndexOf(LayerRole.Input);
        int loss = roles.IndexOf(LayerRole.Loss);
        bool hasTowers = input < 0 && model.Layers.Count > 0 && ModelInputs.HasTowers(model.Layers[0]);
        if (input < 0 && !hasTowers)
        {
            issues.Add(new ShapeIssue(ModelNeedsInput.Message(model.Name)));
        }

        for (int i = 0; i < roles.Count; i++)
        {
            cancellation.Look();
            if (roles[i] == LayerRole.Input && i > 0 && !ModelInputs.IsFurtherInput(model.Layers[i]))
            {
                issues.Add(
                    new ShapeIssue(
                        InputMustComeFirst.Message(model.Layers[i].Text, model.Layers[0].Text),
                        LayerPlace.InModel(i),
                        Origin: LayerPlace.InModel(0)));
            }
            else if (loss >= 0 && i > loss)
            {
                (string here, string there) = (model.Layers[i].Text, model.Layers[loss].Text);
                RuleMessage message = roles[i] == LayerRole.Loss
                    ? SecondLoss.Message(here, there)
                    : LayerAfterLoss.Message(here, there);
                issues.Add(new ShapeIssue(message, LayerPlace.InModel(i), Origin: LayerPlace.InModel(loss)));
            }
        }

        if (model.IsForInference)
        {
            CheckInference(model, loss, issues);
        }
        else if (loss < 0)
        {
            issues.Add(new ShapeIssue(ModelNeedsLoss.Message(model.Name)));
        }

        bool isLossAlone = loss < 0
            ? model.IsForInference
            : LayerCatalog.Find(model.Layers[loss].AttributeType) is { TakesHeads: false };
        if (input >= 0 && isLossAlone && !roles.Contains(LayerRole.Hidden))
        {
            issues.Add(new ShapeIssue(ModelNeedsLayer.Message(model.Name)));
        }

        // A missing loss leaves all shapes well defined, so they are still worth checking.
        return known && (input == 0 || hasTowers) && issues.TrueForAll(issue => issue.Rule == ModelNeedsLoss.Rule || issue.Rule == LayerAfterLoss.Rule);
    }

    private static void CheckInference(ModelDeclaration model, int loss, List<ShapeIssue> issues)
    {
        if (loss >= 0)
        {
            issues.Add(new ShapeIssue(
                InferenceIsNotTrained.Message(model.Layers[loss].Quoted, model.Name), LayerPlace.InModel(loss)));
        }

        (bool IsOn, string Argument)[] switches =
        [
            (model.HasInputGradient, ModelParser.InputGradient), (model.KeepsActivations, ModelParser.KeepActivations),
            (model.ClipsSamples, ModelParser.PerSampleClipping), (model.HasChecks, ModelParser.Checks),
            (model.MemoryBudget is not null, ModelParser.MemoryBudget),
        ];
        issues.AddRange(switches
            .Where(one => one.IsOn)
            .Select(one =>
                new ShapeIssue(InferenceIsNotTrained.Message(one.Argument, model.Name), null, one.Argument)));
    }

    // Where there is a loss, that takes the output.
    private static void CheckOutput(ModelDeclaration model, List<BoundLayer> layers, List<ShapeIssue> issues)
    {
        if (model.Result is not { } result)
        {
            return;
        }

        BoundLayer? last = layers.Find(layer => layer.Number == result.Layer);
        if (model.IsForInference && last is not null && last.Outputs[result.Output].IsFixed)
        {
            issues.Add(new ShapeIssue(ParametersAlone.Message(last.Declaration.Quoted), last.Place));
        }
    }

    private static void CheckConvolution(ModelDeclaration model, List<ShapeIssue> issues)
    {
        if (!Enum.IsDefined(typeof(ConvolutionMethod), model.Convolution))
        {
            issues.Add(new ShapeIssue(
                ConvolutionMethodUnknown.Message(model.Name, (int)model.Convolution), null, ModelParser.Convolution));
        }
    }

    // Whether each sample has a gradient of its own; reports the layers that mix them, each place of the text once.
    private static bool CheckSamples(
        IReadOnlyList<BoundLayer> layers, List<ShapeIssue> issues, CancellationToken cancellation)
    {
        var places = new HashSet<LayerPlace>();
        foreach (BoundLayer layer in layers.SelectMany(All).Looked(cancellation))
        {
            if (layer.Has(LayerTraits.MixesSamples) && !layer.IsFrozen && places.Add(layer.Place.InText()))
            {
                issues.Add(new ShapeIssue(
                    LayerMixesSamples.Message(layer.Declaration.Text, GroupsOf(layer.Input.Columns)), layer.Place));
            }
        }

        return places.Count == 0;

        static IEnumerable<BoundLayer> All(BoundLayer layer) =>
            layer.Blocks.SelectMany(block => block.Layers).SelectMany(All).Prepend(layer);
    }

    // As many groups as divide the channels, up to the 32 of Wu and He (2018).
    private static int GroupsOf(int channels)
    {
        const int Usual = 32;
        int groups = Math.Min(Usual, channels);
        while (channels % groups != 0)
        {
            groups--;
        }

        return groups;
    }
}
