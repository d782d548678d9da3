  # In[1]:
  get_ipython().run_line_magic('matplotlib',
      'inline')
  # %%
  x = '''
 %a'''
  !ls
  x
