namespace ModelDsl.Torch.Layers;

/// <summary>What the twins of recurrent layers have in common: names of tensors, and the order of the steps.</summary>
/// <param name="sequences">Whether the outputs of all steps are wanted.</param>
/// <param name="backwards">Whether the last step is read first.</param>
internal sealed class TorchRecurrence(bool sequences, bool backwards)
{
    /// <summary>
    /// Names a module's parameters as the compiled model does. Where that has one bias, the module's second one stays zero.
    /// </summary>
    public static void Adopt(LayerAttribute attribute, string name, TorchLayerContext context, nn.Module module, bool hasTwoBiases)
    {
        Dictionary<string, Parameter> parameters =
            module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        context.AddParameter(attribute, $"{name}.weight", parameters["weight_ih_l0"]);
        if (parameters.TryGetValue("bias_ih_l0", out Parameter? bias))
        {
            context.AddParameter(attribute, $"{name}.bias", bias);
        }

        context.AddParameter(attribute, $"{name}.recurrentWeight", parameters["weight_hh_l0"]);
        if (!parameters.TryGetValue("bias_hh_l0", out Parameter? recurrentBias))
        {
            return;
        }

        if (hasTwoBiases)
        {
            context.AddParameter(attribute, $"{name}.recurrentBias", recurrentBias);
            return;
        }

        using IDisposable guard = no_grad();
        recurrentBias.zero_();
        recurrentBias.requires_grad_(false);
    }

    /// <summary>The shape behind a layer.</summary>
    public long[] Shape(long[] input, long units) => sequences ? [input[0], units] : [units];

    /// <summary>The outputs of a module that reads [batch, steps, features] from the first step to the last.</summary>
    public Tensor Forward(Tensor input, Func<Tensor, Tensor> module)
    {
        Tensor outputs = module(backwards ? input.flip(1) : input);
        if (!sequences)
        {
            return outputs.select(1, -1);
        }

        return backwards ? outputs.flip(1) : outputs;
    }
}
